import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, open } from '@vivakube/db';
import type { Figure } from '@vivakube/db/bench';
import { startPostgres } from '@vivakube/db/testing';
import { indexer, Query } from '@vivakube/engine';
import { ADMIN, EPOCH, world } from '@vivakube/engine/testing';
import { Session } from '../src/clusters/session.ts';
import { deployment } from './cluster.ts';

const NODES = 1000;
const PODS = 10_000;
const GOAL_MS = 5000;
const PATH = '/apis/apps/v1/namespaces/default/deployments';

/** A session as the server has one, over a database of its own. */
async function session(db: Database): Promise<Session> {
  const { state } = world({ workers: NODES, timing: 'instant' });
  await db.store.putTemplate('rollout', state, EPOCH);
  await db.store.create({
    id: 'rollout',
    owner: 'bench',
    name: 'rollout',
    seed: 'rollout',
    settings: state.settings,
    at: EPOCH,
    template: 'rollout',
  });
  const loaded = await db.store.load('rollout');
  if (!loaded) throw new Error('the cluster was just made');
  const onError = (error: unknown): void => {
    throw error;
  };
  return new Session('rollout', loaded, { store: db.store, clock: { now: () => EPOCH }, exclusive: true, background: true, onError });
}

async function apply(on: Session, name: string, replicas: number): Promise<void> {
  const body = new TextEncoder().encode(JSON.stringify(deployment(name, replicas)));
  const response = await on.submit({
    method: 'POST',
    path: PATH,
    query: new Query(''),
    accept: 'application/json',
    contentType: 'application/json',
    userAgent: 'bench',
    body,
    user: ADMIN,
  });
  if (response.type !== 'answer' || response.status !== 201) throw new Error(`a Deployment was answered with ${JSON.stringify(response)}`);
  while (!on.idle) await new Promise(setImmediate);
  const ready = on.current.objects.get(`apps/deployments/default/${name}`)?.object.status?.readyReplicas;
  if (ready !== replicas) throw new Error(`${ready} of ${replicas} pods are ready`);
}

/** One Deployment, from its POST to the last pod running and committed. */
async function measure(driver: string, db: Database): Promise<Figure[]> {
  const on = await session(db);
  await apply(on, 'warm-up', 200);
  const started = performance.now();
  const cpu = process.cpuUsage();
  await apply(on, 'big', PODS);
  const ms = performance.now() - started;
  const used = process.cpuUsage(cpu);
  await db.settled();
  on.close();
  return [
    {
      what: `${driver}: Deployment of ${PODS} pods over ${NODES} nodes to Running, committed`,
      value: ms,
      unit: 'ms',
      goal: { at: 'most', value: GOAL_MS },
    },
    { what: `${driver}: processor time of it in this process`, value: (used.user + used.system) / 1000, unit: 'ms' },
  ];
}

export async function benchRollout(): Promise<Figure[]> {
  const home = mkdtempSync(join(tmpdir(), 'vivakube-bench-'));
  const server = await startPostgres({ shared_buffers: '256MB', max_wal_size: '2GB' });
  try {
    const pglite = await open({ dataDir: join(home, 'data'), indexer });
    const figures = await measure('PGlite', pglite);
    await pglite.close();
    if (!server) return figures;
    const postgres = await open({ databaseUrl: server.url, indexer });
    figures.push(...(await measure('Postgres', postgres)));
    await postgres.close();
    return figures;
  } finally {
    server?.stop();
    rmSync(home, { recursive: true, force: true });
  }
}
