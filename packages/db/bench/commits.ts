import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClusterState, Txn } from '@vivakube/engine/core';
import { type Database, open } from '../src/index.ts';
import type { LoadedCluster } from '../src/store.ts';
import { startPostgres } from '../testing/postgres.ts';
import { podKey, sampleIndexer, samplePod, write } from '../testing/sample.ts';

export interface Figure {
  what: string;
  value: number;
  unit: string;
  /** What it has to reach, and from which side. Floors have none. */
  goal?: { at: 'least' | 'most'; value: number };
}

export const reached = ({ value, goal }: Figure): boolean => !goal || (goal.at === 'least' ? value >= goal.value : value <= goal.value);

const START = 1_767_225_600_000;
const CLUSTERS = 16;
const TICK_OBJECTS = 20;
let serial = 0;
const freshId = (): string => `bench-${randomBytes(6).toString('hex')}-${++serial}`;

const cluster = (id: string, template?: string) =>
  ({ id, owner: `owner-${id}`, name: 'bench', seed: id, settings: { timing: 'realistic' }, at: START, ...(template ? { template } : {}) }) as const;

const putPods = (txn: Txn, first: number, count: number): void => {
  for (let i = first; i < first + count; i++) txn.put(podKey(`pod-${i}`), samplePod(`pod-${i}`, i));
};

/** What a kubelet does to a pod: a new status, everything else as it was. */
const touchPods = (txn: Txn, first: number, count: number): void => {
  for (let i = first; i < first + count; i++) {
    const pod = txn.get(podKey(`pod-${i}`)) ?? samplePod(`pod-${i}`, i);
    txn.put(podKey(`pod-${i}`), { ...pod, metadata: { ...pod.metadata }, status: { ...pod.status, observed: txn.now } });
  }
};

async function perSecond(durationMs: number, writers: number, once: (writer: number) => Promise<unknown>): Promise<number> {
  const start = performance.now();
  let done = 0;
  const writer = async (index: number): Promise<void> => {
    while (performance.now() - start < durationMs) {
      await once(index);
      done++;
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, index) => writer(index)));
  return (done * 1000) / (performance.now() - start);
}

async function medianMs(repeats: number, once: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < repeats; i++) {
    const start = performance.now();
    await once();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[repeats >> 1] as number;
}

/** A row of about the weight of a commit and nothing else: what the database can do at most. */
export async function bareInserts(db: Database, durationMs: number): Promise<number> {
  await db.sql.query('create table if not exists bench_floor (id bigserial primary key, body bytea)');
  const body = randomBytes(5000);
  const rate = await perSecond(durationMs, CLUSTERS, () => db.sql.query('insert into bench_floor (body) values ($1)', [body]));
  await db.sql.query('drop table bench_floor');
  return rate;
}

/** Ticks of 20 changed objects: the unit of work, its text, its compression and its commit. */
export async function ticks(db: Database, durationMs: number): Promise<number> {
  const lines = await Promise.all(
    Array.from({ length: CLUSTERS }, async () => {
      const id = freshId();
      await db.store.create(cluster(id));
      return { id, seq: 0, state: ((await db.store.load(id)) as LoadedCluster).state };
    }),
  );
  const rate = await perSecond(durationMs, CLUSTERS, async (index) => {
    const line = lines[index] as (typeof lines)[number];
    const step = write(line.state, line.state.now + 1000, (txn) => touchPods(txn, (line.seq * TICK_OBJECTS) % 400, TICK_OBJECTS));
    if ((await db.store.commit(line.id, line.seq, step.delta, null, { state: step.state })) !== 'committed')
      throw new Error('a lone writer met a conflict');
    line.seq++;
    line.state = step.state;
  });
  await db.settled();
  for (const line of lines) await db.store.delete(line.id, START);
  return rate;
}

/** A cluster of so many pods whose last part is still in the log. */
export async function makeBig(db: Database, pods: number): Promise<{ id: string; state: ClusterState }> {
  const id = freshId();
  await db.store.create(cluster(id));
  let { state, seq } = (await db.store.load(id)) as LoadedCluster;
  for (let first = 0; first < pods; first += 500) {
    const step = write(state, state.now + 1000, (txn) => putPods(txn, first, Math.min(500, pods - first)));
    await db.store.commit(id, seq++, step.delta, null);
    state = step.state;
  }
  await db.settled();
  await db.store.compact(id, START);
  for (let i = 0; i < 20; i++) {
    const step = write(state, state.now + 1000, (txn) => putPods(txn, i * 5, 5));
    await db.store.commit(id, seq++, step.delta, null);
    state = step.state;
  }
  await db.settled();
  return { id, state };
}

export async function creation(db: Database, durationMs: number): Promise<number> {
  const template = freshId();
  await db.store.putTemplate(template, write((await emptyLike(db)).state, START, (txn) => putPods(txn, 0, 60)).state, START);
  return perSecond(durationMs, 8, () => db.store.create(cluster(freshId(), template)));
}

async function emptyLike(db: Database): Promise<LoadedCluster> {
  const id = freshId();
  await db.store.create(cluster(id));
  return (await db.store.load(id)) as LoadedCluster;
}

/** Bytes of table and indexes that each untouched cluster adds. */
export async function bytesPerCluster(db: Database, count: number): Promise<number> {
  const template = freshId();
  await db.store.putTemplate(template, write((await emptyLike(db)).state, START, (txn) => putPods(txn, 0, 60)).state, START);
  const size = async (): Promise<number> => {
    const [row] = await db.sql.query<{ size: number }>(
      `select (select sum(pg_total_relation_size(c.oid)) from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace)::float8 as size`,
    );
    return row?.size as number;
  };
  const before = await size();
  const day = 24 * 3_600_000;
  for (let i = 0; i < count; i += CLUSTERS) {
    await Promise.all(Array.from({ length: CLUSTERS }, () => db.store.create({ ...cluster(freshId(), template), expiresAt: START + day })));
  }
  return ((await size()) - before) / count;
}

const TICKS_GOAL = { PGlite: 500, Postgres: 1000 } as const;
const BYTES_COUNT = 20_000;

export async function measure(db: Database, driver: 'PGlite' | 'Postgres', durationMs: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  const add = (what: string, value: number, unit: string, goal?: Figure['goal']): void => {
    figures.push({ what: `${driver}: ${what}`, value, unit, ...(goal ? { goal } : {}) });
  };
  const most = (value: number) => ({ at: 'most', value }) as const;
  await ticks(db, durationMs / 4);
  add('bare inserts of 5 KB (floor)', await bareInserts(db, durationMs), '/s');
  const before = process.cpuUsage();
  const rate = await ticks(db, durationMs);
  const used = process.cpuUsage(before);
  add(`ticks of ${TICK_OBJECTS} objects over ${CLUSTERS} clusters, compaction included`, rate, '/s', { at: 'least', value: TICKS_GOAL[driver] });
  // On a busy machine this tells more than the rate does.
  add('processor time of a tick in this process', (used.user + used.system) / 1000 / ((rate * durationMs) / 1000), 'ms');
  const big = await makeBig(db, 1000);
  add('cold load of 1,000 pods', await medianMs(9, () => db.store.load(big.id)), 'ms', most(60));
  add('fork of 1,000 pods', await medianMs(21, () => db.store.fork(big.id, undefined, cluster(freshId()))), 'ms', most(5));
  const huge = await makeBig(db, 10_000);
  add('cold load of 10,000 pods', await medianMs(3, () => db.store.load(huge.id)), 'ms', most(500));
  add('fork of 10,000 pods', await medianMs(21, () => db.store.fork(huge.id, undefined, cluster(freshId()))), 'ms', most(5));
  add('forks, one after the other', await perSecond(durationMs / 2, 1, () => db.store.fork(huge.id, undefined, cluster(freshId()))), '/s', {
    at: 'least',
    value: 500,
  });
  add('new clusters', await creation(db, durationMs), '/s', { at: 'least', value: 1500 });
  add(`bytes of an untouched cluster, of ${BYTES_COUNT}`, await bytesPerCluster(db, BYTES_COUNT), 'B', most(1024));
  return figures;
}

export async function benchPglite(durationMs = 4000): Promise<Figure[]> {
  const home = mkdtempSync(join(tmpdir(), 'vivakube-bench-'));
  try {
    const fresh = await startTime(join(home, 'data'));
    const again = await startTime(join(home, 'data'));
    const db = await open({ dataDir: join(home, 'data'), indexer: sampleIndexer });
    const figures = await measure(db, 'PGlite', durationMs);
    await db.close();
    return [
      { what: 'PGlite: start with a new data directory', value: fresh, unit: 'ms', goal: { at: 'most', value: 1000 } },
      { what: 'PGlite: start with a known data directory', value: again, unit: 'ms', goal: { at: 'most', value: 1000 } },
      ...figures,
    ];
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function startTime(dataDir: string): Promise<number> {
  const start = performance.now();
  const db = await open({ dataDir, indexer: sampleIndexer });
  const elapsedMs = performance.now() - start;
  await db.close();
  return elapsedMs;
}

/** With fsync as it comes: the figures are those of a server that may lose power. */
export async function benchPostgres(durationMs = 4000): Promise<Figure[] | undefined> {
  const server = await startPostgres({ shared_buffers: '256MB', max_wal_size: '2GB' });
  if (!server) return undefined;
  try {
    const db = await open({ databaseUrl: server.url, indexer: sampleIndexer, connectionsMax: CLUSTERS });
    const figures = await measure(db, 'Postgres', durationMs);
    await db.close();
    return figures;
  } finally {
    server.stop();
  }
}

export const show = (figures: readonly Figure[]): string => figures.map(showOne).join('\n');

function showOne(figure: Figure): string {
  const amount = (value: number): string => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2));
  const goal = figure.goal ? `goal ${figure.goal.at === 'least' ? '>=' : '<='} ${amount(figure.goal.value)}` : '';
  const verdict = figure.goal ? (reached(figure) ? 'ok' : 'MISSED') : '';
  return `${verdict.padEnd(7)}${figure.what.padEnd(72)}${amount(figure.value).padStart(10)} ${figure.unit.padEnd(4)}${goal}`;
}
