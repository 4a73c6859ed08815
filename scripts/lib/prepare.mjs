import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fail, root, run } from './run.mjs';
import { digest, once } from './stamp.mjs';

const WORKSPACES = ['packages', 'apps'];
const manifests = () => [
  'package.json',
  'package-lock.json',
  'e2e/package.json',
  ...WORKSPACES.flatMap((dir) => readdirSync(join(root, dir)).map((name) => `${dir}/${name}/package.json`)),
];

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) fail(`Node 20.19 or newer is needed, this is ${process.version}`);
}

/**
 * Installs what the lock file says, if it is not there yet. Not `npm ci`: a lock file written behind a registry that lacks
 * other platforms' binaries does not name them, and `ci` takes that for a mistake.
 */
export function install() {
  once('install', digest(manifests()), ['node_modules/.package-lock.json'], () =>
    run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']),
  );
}

/** Writes what is generated from pinned packages: schemas, types, the prepared database. */
export function generate() {
  const sources = ['packages/schema', 'packages/db', 'packages/engine/src/core', 'migrations', 'package-lock.json'];
  once('generate', digest(sources), ['packages/schema/generated', 'packages/db/generated'], () =>
    run('npx', ['turbo', 'run', 'generate', '--output-logs=errors-only'], { env: quiet() }),
  );
}

/** Builds the API process and the dashboard, if their sources have changed. */
export function build() {
  const sources = ['packages', 'apps', 'migrations', 'package-lock.json'];
  once('build', digest(sources), ['apps/api/dist/main.js', 'apps/web/.next/BUILD_ID'], () =>
    run('npx', ['turbo', 'run', 'build', '--output-logs=errors-only'], { env: quiet() }),
  );
}

const quiet = () => ({
  ...process.env,
  TURBO_TELEMETRY_DISABLED: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  DO_NOT_TRACK: '1',
});
