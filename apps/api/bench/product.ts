import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure } from '@vivakube/db/bench';
import { benchKubectl } from './kubectl.ts';
import { benchWatches } from './watches.ts';

const root = join(import.meta.dirname, '..', '..', '..');

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/** The built product as a person starts it, from `npm start` on. */
export async function benchProduct(kubectlBinary: string): Promise<Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), 'vivakube-bench-'));
  const port = await freePort();
  const env = {
    ...process.env,
    PORT: String(port),
    KUBE_PORT: String(await freePort()),
    VIVAKUBE_DATA: join(dir, 'data'),
    DATABASE_URL: '',
    NODE_ENV: 'production',
  };
  const url = `http://localhost:${port}`;
  const first = await start(env, url);
  await stop(first.child);
  const second = await start(env, url);
  await fetch(url).then((response) => response.text());
  await fetch(`${url}/api/sandboxes`, { method: 'POST' });
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const restMb = rssMb(second.child.pid as number);
  const figures = [...(await benchKubectl(url, kubectlBinary)), ...(await benchWatches(url))];
  await stop(second.child);
  rmSync(dir, { recursive: true, force: true });
  return [
    { what: 'second `npm start` to ready', value: second.readyMs, unit: 'ms', goal: { at: 'most', value: 10_000 } },
    { what: 'product at rest: API, dashboard and PGlite in one process', value: restMb, unit: 'MB', goal: { at: 'most', value: 700 } },
    ...figures,
  ];
}

async function start(env: Record<string, string | undefined>, url: string): Promise<{ child: ChildProcess; readyMs: number }> {
  const begun = performance.now();
  const child = spawn(process.execPath, ['scripts/start.mjs'], { cwd: root, env: env as NodeJS.ProcessEnv, stdio: 'ignore' });
  for (;;) {
    if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}`);
    const ready = await fetch(`${url}/readyz`).then(
      (r) => r.ok,
      () => false,
    );
    if (ready) return { child, readyMs: performance.now() - begun };
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

const stop = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });

/** Resident memory of the server below `npm start`. */
function rssMb(parent: number): number {
  const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ').filter(Boolean);
  const pages = [parent, ...children.map(Number)].map((pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0));
  return Math.max(...pages) / 1024;
}
