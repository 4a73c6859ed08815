/** Clusters at rest: the store on PGlite or Postgres. */

export type { Retention } from './cluster/context.ts';
export { clusterStore, type StoreOptions } from './cluster-store.ts';
export { DatabaseError, Unavailable } from './failure.ts';
export { type Database, type Drizzle, type OpenOptions, open } from './open.ts';
export { type Birth, type Rebase, rebaseTemplate, TEMPLATE_EPOCH, TEMPLATE_UID_PREFIX } from './rebase.ts';
export * as schema from './schema.ts';
export type { Sql, SqlValue } from './sql.ts';
export type * from './store.ts';
