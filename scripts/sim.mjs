import { checkNode, generate, install } from './lib/prepare.mjs';
import { run } from './lib/run.mjs';

// `npm run sim`: the engine's laws over many seeded worlds.
const option = (name) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};
checkNode();
install();
generate();
const env = { ...process.env, SEEDS: option('seeds') ?? '1000', ...(option('seed') ? { SEED: option('seed') } : {}) };
run('npx', ['vitest', 'run', 'packages/engine/testing/laws', '--testTimeout', '36000000'], { env });
