import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { freePort, Server, scratch } from '../harness.ts';

const { dir, remove } = scratch();
afterAll(remove);

function runMain(env: Record<string, string>): Promise<{ code: number; stderr: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['apps/api/dist/main.js'],
      { cwd: join(import.meta.dirname, '..', '..'), env: { ...process.env, ...env }, timeout: 20_000 },
      (error, _, stderr) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, stderr }),
    );
  });
}

/** Node's own notes apart, one line says what is wrong. */
const complaint = (stderr: string): string[] => stderr.split('\n').filter((line) => line.startsWith('vivakube:'));

describe('the process', () => {
  test('says which port is taken', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const { port } = blocker.address() as { port: number };
    const { code, stderr } = await runMain({ PORT: String(port), KUBE_PORT: String(await freePort()), VIVAKUBE_DATA: `${dir}/a`, DATABASE_URL: '' });
    blocker.close();
    expect(code).not.toBe(0);
    expect(complaint(stderr)).toEqual([`vivakube: port ${port} is taken: stop what listens there or set PORT`]);
  });

  test('does not share its data directory', async () => {
    const server = await Server.start({ dataDir: `${dir}/b` });
    const second = await runMain({
      PORT: String(await freePort()),
      KUBE_PORT: String(await freePort()),
      VIVAKUBE_DATA: `${dir}/b`,
      DATABASE_URL: '',
    });
    await server.stop();
    expect(second.code).not.toBe(0);
    expect(complaint(second.stderr)).toHaveLength(1);
    expect(second.stderr).toMatch(/in use by process \d+/);
  });

  test('says that the database cannot be reached', async () => {
    const { code, stderr } = await runMain({
      PORT: String(await freePort()),
      KUBE_PORT: String(await freePort()),
      DATABASE_URL: `postgres://nobody@127.0.0.1:${await freePort()}/none`,
    });
    expect(code).not.toBe(0);
    expect(complaint(stderr)).toHaveLength(1);
  });

  test('stops in order on SIGTERM and finds everything where it was', async () => {
    const server = await Server.start({ dataDir: `${dir}/c` });
    const made = await fetch(`${server.url}/api/sandboxes`, { method: 'POST' }).then((r) => r.json());
    expect(await server.stop()).toBe(0);
    const again = await Server.start({ dataDir: `${dir}/c` });
    const token = /token: (\S+)/.exec(made.kubeconfig)?.[1];
    const answer = await fetch(`${again.url}/clusters/${made.cluster.id}/api/v1/nodes`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(200);
    expect((await answer.json()).items).toHaveLength(3);
    await again.stop();
  });
});
