import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['kubectl/**/*.test.ts', 'clients/**/*.test.ts'], testTimeout: 240_000, hookTimeout: 60_000, pool: 'threads', maxWorkers: 2 },
});
