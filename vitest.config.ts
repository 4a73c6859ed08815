import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/*/{src,testing,scripts}/**/*.test.ts', 'apps/api/src/**/*.test.ts', 'apps/web/**/*.test.ts', 'scripts/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/.next/**'],
    pool: 'threads',
    maxWorkers: 2,
    testTimeout: 30_000,
  },
});
