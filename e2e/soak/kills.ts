import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import { freePort, Server, scratch } from '../harness.ts';
import type { Postgres } from '../postgres.ts';
import { Client, pause } from './client.ts';
import { Ledger } from './ledger.ts';
import { Witness } from './witness.ts';
import { configMaps, deployments, look, type Subject, writeUntil } from './writer.ts';

export interface Plan {
  kills: number;
  processes: number;
  /** Without one, the embedded database of a single process. */
  postgres?: Postgres | undefined;
  /** Whether every fifth death is the database's. */
  databaseDies?: boolean;
  timing: 'instant' | 'realistic';
  betweenMs: number;
  say?: (line: string) => void;
}

export interface Report {
  kills: number;
  acknowledged: number;
  unanswered: number;
  revisions: number;
  /** From the start of a process to its first answer about the cluster. */
  backMs: number[];
}

const QUIET_MS_MAX = 120_000;

/** Kills servers while clients write, and throws if anything acknowledged is lost, anything deleted comes back, or a revision is missing. */
export async function killRun(plan: Plan): Promise<Report> {
  const { dir, remove } = scratch();
  const servers: Server[] = [];
  const stop = new AbortController();
  // Each watch listens to it.
  setMaxListeners(0, stop.signal);
  try {
    for (let i = 0; i < plan.processes; i++) {
      const place = plan.postgres ? { databaseUrl: plan.postgres.url } : { dataDir: join(dir, 'data') };
      servers.push(await Server.start({ ...place, port: await freePort(), kubePort: await freePort() }));
    }
    const client = new Client(servers, await (servers[0] as Server).sandbox(dir, { timing: plan.timing }));
    const witness = new Witness(client);
    const watching = await witness.begin(stop.signal);
    const ledgers = new Map<Subject, Ledger>([
      [configMaps, new Ledger()],
      [deployments, new Ledger()],
    ]);
    const writing = new AbortController();
    const names = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}-${i}`);
    const writers = [
      ...[1, 2, 3, 4].map((n) => writeUntil(writing.signal, client, ledgers.get(configMaps) as Ledger, configMaps, names(`w${n}`, 8))),
      ...[1, 2].map((n) => writeUntil(writing.signal, client, ledgers.get(deployments) as Ledger, deployments, names(`d${n}`, 3))),
    ];
    const backMs: number[] = [];
    const killing = killAll(plan, servers, client, backMs).finally(() => writing.abort());
    await Promise.all([killing, ...writers]);
    for (const [subject, ledger] of ledgers) for (const name of ledger.names()) await look(client, ledger, subject, name);
    await settled(client);
    const revision = await caughtUp(client, witness);
    stop.abort();
    await Promise.all(watching);
    const gaps = witness.gaps(revision);
    const untold: string[] = [];
    for (const gap of gaps.slice(0, 3)) untold.push(await witness.explain(gap));
    if (gaps.length > 0) untold.push(`${gaps.length} of ${revision} revisions were never told: ${gaps.slice(0, 20)}`);
    const wrong = [...witness.wrong, ...untold, ...(await witness.differences())];
    if (wrong.length > 0) throw new Error(`${wrong.length} things are wrong:\n${wrong.slice(0, 20).join('\n')}`);
    const sum = (of: (ledger: Ledger) => number): number => [...ledgers.values()].reduce((total, ledger) => total + of(ledger), 0);
    return {
      kills: plan.kills,
      acknowledged: sum((ledger) => ledger.acknowledged),
      unanswered: sum((ledger) => ledger.unanswered),
      revisions: witness.seen,
      backMs,
    };
  } finally {
    stop.abort();
    await Promise.all(servers.map((server) => server.kill()));
    remove();
  }
}

async function killAll({ kills, betweenMs, postgres, databaseDies, say }: Plan, servers: Server[], client: Client, backMs: number[]): Promise<void> {
  for (let i = 0; i < kills; i++) {
    await pause(betweenMs * (0.5 + Math.random()));
    if (databaseDies && postgres && i % 5 === 4) {
      await postgres.crash();
      await postgres.start();
      say?.(`${i + 1}: the database died`);
      continue;
    }
    const server = servers[i % servers.length] as Server;
    const started = performance.now();
    await server.restart();
    const readyMs = Math.round(performance.now() - started);
    await new Client([server], client.kubeconfig).read('/api/v1/namespaces/default');
    backMs.push(Math.round(performance.now() - started));
    say?.(`${i + 1}: ready after ${readyMs} ms, back after ${backMs.at(-1)} ms`);
  }
}

/** Waits until every Deployment has what it asks for and nothing more. */
async function settled(client: Client): Promise<void> {
  const end = Date.now() + QUIET_MS_MAX;
  for (;;) {
    const { body } = await client.read(deployments.path);
    const wanted = (body.items ?? []).map(({ spec }) => spec?.replicas as number);
    const ready = (body.items ?? []).map(({ spec, status }) => (spec?.replicas === 0 ? 0 : (status?.readyReplicas as number)));
    const { body: pods } = await client.read('/api/v1/namespaces/default/pods');
    const total = wanted.reduce((sum, count) => sum + count, 0);
    if (wanted.join() === ready.join() && pods.items?.length === total) return;
    if (Date.now() > end) throw new Error(`Deployments want ${wanted}, are ready ${ready}, and there are ${pods.items?.length} pods`);
    await pause(300);
  }
}

/** Waits until the watches have been told of all that a list knows. */
async function caughtUp(client: Client, witness: Witness): Promise<number> {
  const end = Date.now() + 60_000;
  for (;;) {
    const { body } = await client.read('/api/v1/namespaces');
    const revision = Number(body.metadata.resourceVersion);
    if (witness.gaps(revision).length === 0 || Date.now() > end) return revision;
    await pause(200);
  }
}
