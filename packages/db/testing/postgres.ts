import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface PrivatePostgres {
  url: string;
  /** Ends it at once, as a crash would: what was answered is kept, and recovered by `start`. */
  crash(): void;
  start(): void;
  /** Ends it for good. */
  stop(): void;
}

/** The directory of initdb and pg_ctl: from PATH, or where Debian puts the newest version. */
export function findPostgres(): string | undefined {
  const onPath = (process.env.PATH ?? '').split(delimiter).filter((dir) => dir !== '');
  const root = '/usr/lib/postgresql';
  const packaged = existsSync(root)
    ? readdirSync(root)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(root, version, 'bin'))
    : [];
  return [...onPath, ...packaged].find((dir) => existsSync(join(dir, 'initdb')) && existsSync(join(dir, 'pg_ctl')));
}

/** Postgres refuses to run as root: then it runs as the first of these that exists. */
function unprivilegedUser(): { name: string; uid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      return { name, uid: Number(execFileSync('id', ['-u', name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })) };
    } catch {
      // There is no such user; try the next.
    }
  }
  throw new Error('Postgres cannot run as root, and there is neither a user postgres nor nobody');
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/** A server of our own on a random port, in a directory that goes away with it; undefined where no Postgres is installed. */
export async function startPostgres(settings: Record<string, string> = { fsync: 'off' }): Promise<PrivatePostgres | undefined> {
  const bin = findPostgres();
  if (!bin) return undefined;
  const user = unprivilegedUser();
  const home = mkdtempSync(join(tmpdir(), 'vivakube-pg-'));
  if (user) chownSync(home, user.uid, -1 >>> 0);
  chmodSync(home, 0o700);
  const run = (program: string, args: string[]): void => {
    const [file, all] = user ? ['runuser', ['-u', user.name, '--', join(bin, program), ...args]] : [join(bin, program), args];
    execFileSync(file as string, all as string[], { stdio: ['ignore', 'ignore', 'pipe'], cwd: home });
  };
  const data = join(home, 'data');
  const port = await freePort();
  run('initdb', ['-D', data, '-U', 'vivakube', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C']);
  const flags = Object.entries({ listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: home, ...settings });
  let running = false;
  const start = (): void => {
    run('pg_ctl', ['-D', data, '-w', '-l', join(home, 'log'), '-o', flags.map(([name, value]) => `-c ${name}=${value}`).join(' '), 'start']);
    running = true;
  };
  const crash = (): void => {
    run('pg_ctl', ['-D', data, '-w', '-m', 'immediate', 'stop']);
    running = false;
  };
  const stop = (): void => {
    process.off('exit', stop);
    if (running) crash();
    rmSync(home, { recursive: true, force: true });
  };
  start();
  process.once('exit', stop);
  return { url: `postgres://vivakube@127.0.0.1:${port}/postgres`, crash, start, stop };
}
