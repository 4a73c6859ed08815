import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { lockDirectory } from './lock.ts';
import { migrationsFolder } from './migrate.ts';
import { preparedQuery } from './pglite-prepared.ts';
import * as schema from './schema.ts';
import type { Sql, SqlValue } from './sql.ts';

/** A migrated empty database, made by `npm run prepare-data`: unpacking it is three times faster than initdb. */
export const TEMPLATE_PATH = process.env.VIVAKUBE_DATA_TEMPLATE ?? fileURLToPath(new URL('../generated/pglite-template.tar.gz', import.meta.url));

const BYTEA = 17;
/** Memory is one process's: a large cache only doubles what the operating system caches. */
const CONFIGURATION = ['shared_buffers = 16MB', 'max_wal_size = 64MB', 'wal_level = minimal', 'max_wal_senders = 0'];

const options: PGliteOptions = {
  // Parameters go over as they are; without this as hexadecimal text, ten times slower. Results are text: Buffer reads it much faster than PGlite does.
  serializers: { [BYTEA]: (value: Uint8Array) => value as unknown as string },
  parsers: { [BYTEA]: (text: string) => Buffer.from(text.slice(2), 'hex') },
  postgresqlconf: CONFIGURATION,
};

export const rawPglite = (dataDir?: string, template?: Blob): Promise<PGlite> =>
  PGlite.create({ ...options, ...(dataDir === undefined ? {} : { dataDir }), ...(template === undefined ? {} : { loadDataDir: template }) });

export const migratePglite = (pg: PGlite): Promise<void> => migrate(drizzle(pg), { migrationsFolder: migrationsFolder() });

function templateBlob(): Blob | undefined {
  return existsSync(TEMPLATE_PATH) ? new Blob([readFileSync(TEMPLATE_PATH)], { type: 'application/x-gzip' }) : undefined;
}

/** PGlite's promises resolve as microtasks: without giving way after each statement no timer and no socket would ever run. */
const giveWay = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export function pgliteSql(pg: PGlite): Sql {
  const run = preparedQuery(pg);
  return {
    async query<Row>(text: string, params: readonly SqlValue[] = []) {
      try {
        return await run<Row>(text, params);
      } finally {
        await giveWay();
      }
    },
  };
}

/**
 * A database in a directory (or in memory), owned by this process.
 * It survives the death of the process (every answered write is in the operating system's cache), not the loss of power: PGlite does not fsync.
 */
export async function openPglite(dataDir?: string) {
  const lock = dataDir === undefined ? undefined : lockDirectory(dataDir);
  try {
    const fresh = dataDir === undefined || !existsSync(`${dataDir}/PG_VERSION`);
    const pg = await rawPglite(dataDir, fresh ? templateBlob() : undefined);
    await migratePglite(pg);
    const sql = pgliteSql(pg);
    return {
      sql,
      drizzle: drizzle(pg, { schema }),
      label: dataDir === undefined ? 'PGlite in memory' : `PGlite in ${dataDir}`,
      /** There is no autovacuum in PGlite: what compaction frees is reused only after this. */
      async vacuum() {
        for (const table of ['commits', 'clusters', 'chunks', 'snapshots']) await pg.query(`vacuum ${table}`);
      },
      async close() {
        try {
          await pg.query('checkpoint');
          await pg.close();
        } finally {
          lock?.release();
        }
      },
    };
  } catch (error) {
    lock?.release();
    throw error;
  }
}
