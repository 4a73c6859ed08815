import { build, checkNode, generate, install } from './lib/prepare.mjs';
import { runForever, SERVER_FLAGS } from './lib/run.mjs';

// `npm start`: from a fresh clone to a running product; the second time only the last line has anything to do.
checkNode();
install();
generate();
build();
runForever(process.execPath, [...SERVER_FLAGS, '--enable-source-maps', 'apps/api/dist/main.js'], {
  env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
});
