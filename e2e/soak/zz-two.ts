import { Server, scratch, freePort } from '/tmp/w/verify/e2e/harness.ts';
import { privatePostgres } from '/tmp/w/verify/e2e/postgres.ts';
import { Client, pause } from '/tmp/w/verify/e2e/soak/client.ts';
const pods = +(process.argv[2] ?? 1000), nodes = +(process.argv[3] ?? 100), timing = process.argv[4] ?? 'instant';
const pg = await privatePostgres(); const { dir, remove } = scratch();
const a = await Server.start({ databaseUrl: pg!.url }), b = await Server.start({ databaseUrl: pg!.url });
try {
  const kc = await a.sandbox(dir, { nodes, timing });
  const ca = new Client([a], kc), cb = new Client([b], kc);
  const dep = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { replicas: pods, selector: { matchLabels: { app: 'web' } }, strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } }, template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx:1.25' }] } } } };
  const P = '/apis/apps/v1/namespaces/default/deployments';
  const start = Number((await ca.read('/api/v1/namespaces')).body.metadata.resourceVersion);
  const stop = new AbortController();
  const seen = [a, b].map((s, i) => { const c = i ? cb : ca; const o = { last: start, n: 0, bad: 0, err: '' };
    void (async () => { while (!stop.signal.aborted) { try { const r = await c.watch(`/api/v1/pods?watch=true&resourceVersion=${o.last}`, stop.signal); const d = new TextDecoder(); let rest = ''; for await (const x of r.body as any) { const lines = (rest + d.decode(x, { stream: true })).split('\n'); rest = lines.pop()!; for (const l of lines) if (l.trim()) { const e = JSON.parse(l); if (e.type === 'ERROR') { o.err = e.object.message; const l = (await c.read('/api/v1/pods')).body; o.last = Number(l.metadata.resourceVersion); break; } const rv = Number(e.object.metadata.resourceVersion); if (rv <= o.last) o.bad++; o.last = rv; o.n++; } } } catch {} await pause(20); } })(); return o; });
  const lat: Record<string, number[]> = { a: [], b: [] }; const codes: Record<string, number> = {};
  const writer = async (c: Client, n: string) => { for (let i = 0; !stop.signal.aborted; i++) { const t = performance.now(); const r = await c.ask('POST', '/api/v1/namespaces/default/configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `${n}-${i}` } }); const ms = performance.now() - t; lat[n[0]!]!.push(ms); const k = `${n[0]} ${r?.status} ${r && r.status >= 400 ? r.body.message : ''}`; codes[k] = (codes[k] ?? 0) + 1; await pause(20); } };
  const ws = [writer(ca, 'a1'), writer(cb, 'b1'), writer(cb, 'b2')];
  const ready = async (c: Client) => { const t = performance.now(); for (;;) { const r = await c.ask('GET', P + '/web'); const s: any = r?.body.status ?? {}; const k = `read ${r?.status}`; codes[k] = (codes[k] ?? 0) + 1; if (s.readyReplicas === pods && s.updatedReplicas === pods && s.replicas === pods && s.observedGeneration === (r!.body.metadata as any).generation) return performance.now() - t; if (performance.now() - t > 120000) { console.log('STUCK', JSON.stringify(s)); return -1; } await pause(100); } };
  console.log('create', (await ca.ask('POST', P, dep))?.status); console.log('ready via b', await ready(cb));
  console.log('update', (await cb.ask('PATCH', P + '/web', { spec: { template: { metadata: { annotations: { v: '2' } } } } }))?.status); console.log('ready via a', await ready(ca));
  await pause(500); stop.abort(); await Promise.all(ws);
  for (const k of ['a', 'b']) { const l = lat[k]!.sort((x, y) => x - y); console.log(k, l.length, 'p50', l[l.length >> 1]! | 0, 'p99', l[Math.floor(l.length * 0.99)]! | 0, 'max', l.at(-1)! | 0); }
  console.log(codes, seen, (await ca.read('/api/v1/pods')).body.items?.length, (await cb.read('/api/v1/namespaces')).body.metadata.resourceVersion);
  console.log(a.output.slice(-600), b.output.slice(-600));
} finally { await a.kill(); await b.kill(); pg!.stop(); remove(); }
process.exit(0);
