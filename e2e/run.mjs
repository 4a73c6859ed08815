import { spawnSync } from 'node:child_process';
import { chromium, kubectl } from './tools.mjs';

// Black box: the built product, real kubectl, and Chromium. `node e2e/run.mjs kubectl` runs one half.
const only = process.argv[2];

function run(command, args, env = {}) {
  const { status } = spawnSync(command, args, { cwd: import.meta.dirname, stdio: 'inherit', env: { ...process.env, ...env } });
  if (status !== 0) process.exit(status ?? 1);
}

if (only !== 'browser') {
  for (const version of ['1.32', '1.35']) kubectl(version);
  run('npx', ['vitest', 'run', '--config', 'vitest.config.ts']);
}
if (only !== 'kubectl') run('npx', ['tsx', 'browser/run.ts'], { CHROMIUM: chromium() });
