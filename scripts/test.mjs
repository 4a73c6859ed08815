import { build, checkNode, generate, install } from './lib/prepare.mjs';
import { run } from './lib/run.mjs';

// `npm test`: everything, from a fresh clone. `npm test -- unit` and `npm test -- e2e` run one half.
const only = process.argv[2];
checkNode();
install();
generate();
if (only !== 'e2e') {
  run('npx', ['tsc', '-p', 'tsconfig.json']);
  run('npm', ['run', '--silent', 'registry:check', '-w', '@vivakube/engine']);
  run('npx', ['vitest', 'run']);
}
if (only !== 'unit') {
  build();
  run(process.execPath, ['e2e/run.mjs']);
}
