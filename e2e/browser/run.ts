import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Server, scratch } from '../harness.ts';

/** Starts the product on ports and data of its own and lets Playwright loose on it. */
const { dir, remove } = scratch();
const server = await Server.start({ dataDir: join(dir, 'data') });
const args = ['playwright', 'test', '--config', 'browser/playwright.config.ts', ...process.argv.slice(2)];
const tests = spawn('npx', args, { cwd: join(import.meta.dirname, '..'), stdio: 'inherit', env: { ...process.env, BASE_URL: server.url } });
const code = await new Promise<number>((resolve) => tests.once('exit', (status) => resolve(status ?? 1)));
await server.stop();
remove();
process.exit(code);
