import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { DatabaseError, reason } from './failure.ts';
import { migrationsFolder } from './migrate.ts';
import { dialler } from './postgres-dial.ts';
import { PostgresPool } from './postgres-pool.ts';
import * as schema from './schema.ts';
import { asBuffer, type Sql, type SqlValue } from './sql.ts';

export interface PostgresOptions {
  /** Off behind a pooler in transaction mode that keeps no prepared statements: there they hang. */
  prepare?: boolean;
  /** A connection past the pooler, for migrations. */
  directUrl?: string;
  connectionsMax?: number;
  /** How long a statement may take before the database counts as out of reach. */
  answerMsMax?: number;
}

/** int8 fits a double here: counters and milliseconds. */
const bigintAsNumber = { to: 20, from: [20], serialize: (value: number) => String(value), parse: (text: string) => Number(text) };

const CONNECT_SECONDS_MAX = 5;

const connect = (url: string, options: postgres.Options<Record<string, postgres.PostgresType>>) =>
  postgres(url, {
    onnotice: () => {},
    connect_timeout: CONNECT_SECONDS_MAX,
    backoff: false,
    fetch_types: false,
    types: { bigint: bigintAsNumber },
    ...options,
  });

/** With several hosts to choose from, the driver has to dial itself. */
const dialling = (url: string): object => (new URL(url).host.includes(',') ? {} : { socket: dialler(CONNECT_SECONDS_MAX * 1000) });

const poolSql = (pool: PostgresPool, prepare = true): Sql => ({
  async query<Row>(text: string, params: readonly SqlValue[] = []) {
    const values = params.map((value) => (value instanceof Uint8Array ? asBuffer(value) : value));
    return pool.run((client) => client.unsafe(text, values as postgres.ParameterOrJSON<never>[], { prepare }) as unknown as PromiseLike<Row[]>);
  },
});

/** Any number, as long as nothing else in the database takes it: processes that start together migrate one after the other. */
const MIGRATION_LOCK = 7_348_120_941;

async function migratePostgres(url: string): Promise<void> {
  const client = connect(url, { max: 1 });
  try {
    await client.unsafe(`select pg_advisory_lock(${MIGRATION_LOCK})`);
    await migrate(drizzle(client), { migrationsFolder: migrationsFolder() });
    await client.unsafe(`select pg_advisory_unlock(${MIGRATION_LOCK})`);
  } finally {
    await client.end({ timeout: 5 });
  }
}

const safeLabel = (url: string): string => {
  const { hostname, port, pathname } = new URL(url);
  return `Postgres at ${hostname}${port ? `:${port}` : ''}${pathname}`;
};

export async function openPostgres(url: string, options: PostgresOptions = {}) {
  let label: string;
  try {
    label = safeLabel(url);
  } catch {
    throw new DatabaseError('the database URL is not a URL; it looks like postgres://user:password@host:5432/name');
  }
  try {
    await migratePostgres(options.directUrl ?? url);
  } catch (error) {
    throw new DatabaseError(`cannot use ${label}: ${reason(error)}`);
  }
  const settings = { max: options.connectionsMax ?? 10, prepare: options.prepare ?? true };
  const pool = new PostgresPool(() => connect(url, { ...settings, ...dialling(url) }), options.answerMsMax);
  return {
    sql: poolSql(pool, options.prepare),
    get drizzle() {
      return drizzle(pool.client, { schema });
    },
    label,
    /** Autovacuum does it. */
    vacuum: async () => {},
    close: () => pool.close(),
  };
}
