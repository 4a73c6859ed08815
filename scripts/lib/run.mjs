import { spawn, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * How the server's process is started. Nearly all that a step makes is kept: a larger young generation lets what is not kept die
 * before it is copied, a tenth of a big roll-out's processor time.
 */
export const SERVER_FLAGS = ['--max-semi-space-size=32'];

/** Runs a command to its end; a failure ends this process with one line and the command's own exit code. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (result.error) fail(`${command} could not be started: ${result.error.message}`);
  if (result.status !== 0) fail(`\`${[command, ...args].join(' ')}\` failed`, result.status ?? 1);
}

/** Starts a command whose output is shown, and passes signals on to it. */
export function runForever(command, args, options = {}) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

export function fail(message, code = 1) {
  console.error(`vivakube: ${message}`);
  process.exit(code);
}
