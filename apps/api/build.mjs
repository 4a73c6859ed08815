import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

// Workspace packages are TypeScript and are bundled; what npm brings stays where npm put it.
const external = [
  '@hono/*',
  'hono',
  'hono/*',
  'ws',
  'pino',
  'prom-client',
  'zod',
  'yaml',
  'next',
  '@peculiar/*',
  'reflect-metadata',
  '@electric-sql/*',
  'drizzle-orm',
  'drizzle-orm/*',
  'postgres',
  'rfc6902',
  'ipaddr.js',
  'croner',
  '@noble/*',
  'jose',
];

/** Stands for the build until what it holds is known; of the same length, so that the source map stays right. */
const UNKNOWN_BUILD = '@what-is-inside@';

await build({
  entryPoints: { main: 'src/main.ts', serverless: 'src/serverless.ts' },
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  // Bundling moves the code away from the files that it reads; this says where they stayed.
  banner: {
    js: [
      "process.env.VIVAKUBE_MIGRATIONS ??= new URL('../../../migrations', import.meta.url).pathname;",
      "process.env.VIVAKUBE_DATA_TEMPLATE ??= new URL('../../../packages/db/generated/pglite-template.tar.gz', import.meta.url).pathname;",
    ].join('\n'),
  },
  define: { VIVAKUBE_BUILD: JSON.stringify(UNKNOWN_BUILD) },
  external,
  logLevel: 'warning',
});

const bundles = ['dist/main.js', 'dist/serverless.js'];
const texts = bundles.map((path) => readFileSync(path, 'utf8'));
const hash = createHash('sha256').update(texts.join('\n')).digest('hex').slice(0, UNKNOWN_BUILD.length);
bundles.forEach((path, i) => {
  writeFileSync(path, texts[i].replaceAll(UNKNOWN_BUILD, hash));
});
