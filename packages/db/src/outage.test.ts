import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { newCluster } from '../testing/contract/subject.ts';
import { findPostgres, type PrivatePostgres, startPostgres } from '../testing/postgres.ts';
import { counter, counterKey, sampleIndexer, write } from '../testing/sample.ts';
import { clusterStore } from './cluster-store.ts';
import { Unavailable } from './failure.ts';
import { openPostgres } from './postgres.ts';
import type { Sql } from './sql.ts';
import type { ClusterStore, LoadedCluster } from './store.ts';

const driverError = (code: string): Unavailable => new Unavailable(Object.assign(new Error(`write ${code}`), { code }));

/** A store whose statements meet what `fault` makes of them. */
const faulty = (sql: Sql, fault: (text: string, run: () => Promise<unknown[]>) => Promise<unknown[]>): ClusterStore =>
  clusterStore(
    { query: <Row>(text: string, params?: never) => fault(text, () => sql.query<Row>(text, params) as Promise<unknown[]>) as Promise<Row[]> },
    { indexer: sampleIndexer },
  );

const next = ({ state, seq }: LoadedCluster, value: number) =>
  write(state, state.now + 1, (txn) => txn.put(counterKey('n'), counter('n', value + seq)));

const isCommit = (text: string): boolean => text.includes('insert into commits');

describe('a database that never answers', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test.each([
    { code: 'CONNECTION_CLOSED', undecided: true },
    { code: 'ECONNREFUSED', undecided: false },
    { code: '57P03', undecided: false },
  ])('a commit that meets $code for two seconds is undecided: $undecided', async ({ code, undecided }) => {
    let statements = 0;
    const store = faulty({ query: async () => [] }, () => {
      statements++;
      return Promise.reject(driverError(code));
    });
    const outcome = store.commit('c', 0, { events: [], timers: [], runtime: [] } as never, null).catch((error) => error);
    await vi.advanceTimersByTimeAsync(3000);
    expect(await outcome).toBeInstanceOf(Unavailable);
    expect(await outcome).toMatchObject({ undecided });
    expect(statements).toBeGreaterThan(3);
  });
});

const available = findPostgres() !== undefined;

describe.skipIf(!available)(available ? 'outages' : 'outages: NOT TESTED, no initdb and pg_ctl were found', () => {
  let postgres: PrivatePostgres;
  let driver: Awaited<ReturnType<typeof openPostgres>>;
  let wire: Wire;
  let store: ClusterStore;
  beforeAll(async () => {
    postgres = (await startPostgres()) as PrivatePostgres;
    wire = new Wire(Number(new URL(postgres.url).port));
    driver = await openPostgres(await wire.open(postgres.url), { connectionsMax: 3, answerMsMax: 300 });
    store = clusterStore(driver.sql, { indexer: sampleIndexer });
  });
  afterAll(async () => {
    await driver?.close();
    wire?.cut();
    postgres?.stop();
  });

  const begin = async (id: string): Promise<LoadedCluster> => {
    await store.create(newCluster(id));
    return (await store.load(id)) as LoadedCluster;
  };

  test('a commit whose answer got lost is known again, and made once', async () => {
    const before = await begin('answer-lost');
    let lost = 0;
    const flaky = faulty(driver.sql, async (text, run) => {
      const rows = await run();
      if (isCommit(text) && lost++ === 0) throw driverError('CONNECTION_CLOSED');
      return rows;
    });
    expect(await flaky.commit('answer-lost', before.seq, next(before, 1).delta, null)).toBe('committed');
    expect((await store.load('answer-lost'))?.seq).toBe(before.seq + 1);
  });

  test("another writer's commit is not taken for one's own", async () => {
    const before = await begin('taken');
    let lost = 0;
    const flaky = faulty(driver.sql, async (text, run) => {
      if (!isCommit(text) || lost++ > 0) return run();
      await store.commit('taken', before.seq, next(before, 2).delta, null);
      throw driverError('CONNECTION_CLOSED');
    });
    expect(await flaky.commit('taken', before.seq, next(before, 1).delta, null)).toBe('conflict');
  });

  test('whoever asks is told at once that it is away, and served at once when it is back', async () => {
    const before = await begin('away');
    postgres.crash();
    for (let i = 0; i < 20; i++) await expect(store.head('away')).rejects.toThrow(Unavailable);
    postgres.start();
    const started = performance.now();
    const heads = await Promise.all(Array.from({ length: 20 }, () => store.head('away')));
    expect(heads.every((head) => head?.seq === before.seq)).toBe(true);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test('a commit under way outlives a short outage', async () => {
    const before = await begin('short');
    wire.cut();
    const outcome = store.commit('short', before.seq, next(before, 1).delta, null);
    setTimeout(() => void wire.open(postgres.url), 200);
    expect(await outcome).toBe('committed');
  });

  test('so is a proxy that takes connections and ends them', async () => {
    const before = await begin('ended');
    wire.ending = true;
    wire.cut();
    await wire.open(postgres.url);
    const dialled = wire.dialled;
    for (let i = 0; i < 20; i++) await expect(store.head('ended')).rejects.toThrow(Unavailable);
    expect(wire.dialled - dialled).toBeLessThanOrEqual(20);
    wire.ending = false;
    expect(await store.head('ended')).toMatchObject({ seq: before.seq });
  });

  test('silence is an outage too', async () => {
    await begin('silent');
    wire.silent = true;
    await expect(store.head('silent')).rejects.toThrow('no answer within 300 ms');
    wire.silent = false;
    expect(await store.head('silent')).toBeDefined();
  });

  test('what is wrong with a statement is no outage', async () => {
    await expect(driver.sql.query('select nothing')).rejects.not.toBeInstanceOf(Unavailable);
  });
});

/** What lies between a client and its server: it can be cut, fall silent, and end what it has just taken. */
class Wire {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();
  private port = 0;
  silent = false;
  ending = false;
  dialled = 0;

  constructor(private readonly to: number) {}

  async open(url: string): Promise<string> {
    this.server = createServer((near) => this.join(near, dial(this.to, '127.0.0.1')));
    await new Promise<void>((resolve) => this.server?.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as { port: number }).port;
    return url.replace(`:${this.to}/`, `:${this.port}/`);
  }

  private join(near: Socket, far: Socket): void {
    this.dialled++;
    if (this.ending) near.end();
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(one);
      one.on('data', (data) => this.silent || other.write(data));
      one.on('error', () => one.destroy());
      one.on('close', () => other.destroy());
    }
  }

  cut(): void {
    this.server?.close();
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
  }
}
