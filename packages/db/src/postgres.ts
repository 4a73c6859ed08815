import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { DatabaseError, reason } from './failure.ts';
import { migrationsFolder } from './migrate.ts';
import * as schema from './schema.ts';
import { asBuffer, type Sql, type SqlValue } from './sql.ts';

export interface PostgresOptions {
  /** Off behind a pooler in transaction mode that keeps no prepared statements: there they hang. */
  prepare?: boolean;
  /** A connection past the pooler, for migrations. */
  directUrl?: string;
  connectionsMax?: number;
}

/** int8 fits a double here: counters and milliseconds. */
const bigintAsNumber = { to: 20, from: [20], serialize: (value: number) => String(value), parse: (text: string) => Number(text) };

const connect = (url: string, options: postgres.Options<Record<string, postgres.PostgresType>>) =>
  postgres(url, { onnotice: () => {}, connect_timeout: 10, fetch_types: false, types: { bigint: bigintAsNumber }, ...options });

export const postgresSql = (client: postgres.Sql<Record<string, unknown>>, prepare = true): Sql => ({
  async query<Row>(text: string, params: readonly SqlValue[] = []) {
    const values = params.map((value) => (value instanceof Uint8Array ? asBuffer(value) : value));
    return (await client.unsafe(text, values as postgres.ParameterOrJSON<never>[], { prepare })) as unknown as Row[];
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
  const client = connect(url, { max: options.connectionsMax ?? 10, prepare: options.prepare ?? true });
  return {
    sql: postgresSql(client, options.prepare),
    drizzle: drizzle(client, { schema }),
    label,
    /** Autovacuum does it. */
    vacuum: async () => {},
    close: () => client.end({ timeout: 5 }),
  };
}
