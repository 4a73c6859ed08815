import { clusterStore, type StoreOptions } from './cluster-store.ts';
import { compactor } from './compactor.ts';
import { Unavailable } from './failure.ts';
import { instanceStore } from './instance.ts';
import { openPglite } from './pglite.ts';
import { openPostgres, type PostgresOptions } from './postgres.ts';
import type { Sql } from './sql.ts';
import type { ClusterStore, InstanceStore, TokenStore } from './store.ts';
import { tokenStore } from './tokens.ts';

export interface OpenOptions extends StoreOptions, PostgresOptions {
  /** A Postgres; without one the embedded database in `dataDir` is used, and without that one in memory. */
  databaseUrl?: string;
  dataDir?: string;
  /** Whether full tails are compacted by this process after the commit that filled them. On by default. */
  autoCompact?: boolean;
  /** Told of a compaction that failed; it is tried again after the next commit. */
  onError?: (error: unknown) => void;
}

/** Compactions between two vacuums of the embedded database: 12 ms each time. */
const VACUUM_EVERY = 16;

export type Drizzle = Awaited<ReturnType<typeof openPglite>>['drizzle'] | Awaited<ReturnType<typeof openPostgres>>['drizzle'];

export interface Database {
  store: ClusterStore;
  tokens: TokenStore;
  instance: InstanceStore;
  sql: Sql;
  /** For tables that other parts of the platform bring. */
  drizzle: Drizzle;
  /** Where it is, without credentials. */
  label: string;
  /** Resolves when no compaction is under way. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export async function open(options: OpenOptions): Promise<Database> {
  const driver = options.databaseUrl ? await openPostgres(options.databaseUrl, options) : await openPglite(options.dataDir);
  let compactions = 0;
  const onError = options.onError ?? ((error) => console.error(error));
  // Whoever asks the database for something is told that it is away; upkeep can wait.
  const work = compactor((error) => error instanceof Unavailable || onError(error));
  const onTailFull: StoreOptions['onTailFull'] = (cluster, at, known) => {
    options.onTailFull?.(cluster, at, known);
    if (options.autoCompact === false) return;
    work.add(cluster, async () => {
      await store.compact(cluster, at, known);
      if (++compactions % VACUUM_EVERY === 0) await driver.vacuum();
    });
  };
  const store = clusterStore(driver.sql, { ...options, onTailFull });
  return {
    store: {
      ...store,
      async gc(now) {
        const collected = await store.gc(now);
        await driver.vacuum();
        return collected;
      },
    },
    tokens: tokenStore(driver.sql),
    instance: instanceStore(driver.sql),
    sql: driver.sql,
    get drizzle() {
      return driver.drizzle;
    },
    label: driver.label,
    settled: work.settled,
    async close() {
      await work.settled();
      await driver.close();
    },
  };
}
