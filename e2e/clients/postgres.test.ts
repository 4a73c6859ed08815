import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Kubectl, Server, scratch } from '../harness.ts';
import { privatePostgres } from '../postgres.ts';
import { kubectl } from '../tools.mjs';

const root = join(import.meta.dirname, '..', '..');

const postgres = await privatePostgres();
if (!postgres) console.warn('SKIPPED: no Postgres is installed here (initdb and pg_ctl), so nothing is tested across processes');

describe.skipIf(!postgres)('several processes on one Postgres', () => {
  const databaseUrl = postgres?.url as string;
  const { dir, remove } = scratch();
  let one: Server;
  let two: Server;
  let kubeconfig: string;
  let viaOne: Kubectl;
  let viaTwo: Kubectl;

  beforeAll(async () => {
    one = await Server.start({ databaseUrl });
    two = await Server.start({ databaseUrl });
    kubeconfig = await one.sandbox(dir);
    viaOne = new Kubectl(kubectl('1.35'), kubeconfig, join(dir, 'cache1'));
    viaTwo = new Kubectl(kubectl('1.35'), otherServer(kubeconfig), join(dir, 'cache2'));
  });
  afterAll(async () => {
    await two?.stop();
    await one?.stop();
    postgres?.stop();
    remove();
  });

  /** The same cluster through the other process: each has the same authority, for it lies in the database. */
  const otherServer = (path: string): string => {
    const file = `${path}-two`;
    const text = readFileSync(path, 'utf8').replace(`localhost:${one.kubePort}`, `localhost:${two.kubePort}`);
    writeFileSync(file, text);
    return file;
  };

  test('what one writes the other shows, also to those who watch', async () => {
    await viaOne.ok('create deployment web --image=nginx:1.25 --replicas=2');
    expect(await viaTwo.ok('rollout status deployment/web --timeout=60s')).toContain('successfully rolled out');
    await viaOne.ok('create configmap told --from-literal=k=0');
    const waiting = viaTwo.ok('wait --for=jsonpath={.data.k}=1 configmap/told --timeout=30s');
    await viaOne.ok(['patch', 'configmap', 'told', '-p', '{"data":{"k":"1"}}']);
    expect(await waiting).toContain('condition met');
  });

  test('nothing is lost when both write and one is killed', async () => {
    const names = Array.from({ length: 12 }, (_, i) => `cm-${i}`);
    await Promise.all(names.map((name, i) => (i % 2 === 0 ? viaOne : viaTwo).ok(`create configmap ${name}`)));
    await one.kill();
    const listed = await viaTwo.ok('get configmaps -o name');
    for (const name of names) expect(listed).toContain(`configmap/${name}\n`);
    await viaTwo.ok('scale deployment/web --replicas=3');
    expect(await viaTwo.ok('rollout status deployment/web --timeout=60s')).toContain('successfully rolled out');
  });

  test('the entry for functions serves the same cluster without a process of its own', async () => {
    process.env.DATABASE_URL = databaseUrl;
    process.env.CRON_SECRET = 'a secret';
    const { fetch: serve } = (await import(join(root, 'apps/api/dist/serverless.js'))) as { fetch: (request: Request) => Promise<Response> };
    const text = readFileSync(kubeconfig, 'utf8');
    const server = /server: (\S+)/.exec(text)?.[1] as string;
    const headers = { authorization: `Bearer ${/token: (\S+)/.exec(text)?.[1]}` };
    const nodes = await serve(new Request(`${server}/api/v1/nodes`, { headers }));
    expect((await nodes.json()).items).toHaveLength(3);
    const refused = await serve(new Request('http://function/api/cron/tick', { method: 'POST' }));
    expect(refused.status).toBe(401);
    const ticked = await serve(new Request('http://function/api/cron/tick', { method: 'POST', headers: { authorization: 'Bearer a secret' } }));
    expect(await ticked.json()).toMatchObject({ more: false });
  });
});
