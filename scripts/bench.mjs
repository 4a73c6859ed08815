import { build, checkNode, generate, install } from './lib/prepare.mjs';
import { run, SERVER_FLAGS } from './lib/run.mjs';

// `npm run bench`: every figure beside its floor or peer of the same run, and its goal. `npm run bench -- db` runs one part.
const PARTS = {
  db: ['packages/db/bench/run.ts'],
  scheduler: ['packages/engine/bench/scheduler.ts'],
  cluster: ['apps/api/bench/run.ts', 'cluster'],
  'catch-up': ['apps/api/bench/run.ts', 'catch-up'],
  rollout: ['apps/api/bench/run.ts', 'rollout'],
  product: ['apps/api/bench/run.ts', 'product'],
};

const asked = process.argv[2];
checkNode();
install();
generate();
if (!asked || asked === 'product') build();
for (const [name, args] of Object.entries(PARTS)) {
  if (asked && asked !== name) continue;
  console.log(`\n== ${name}`);
  run(process.execPath, [...SERVER_FLAGS, '--import', 'tsx', ...args]);
}
