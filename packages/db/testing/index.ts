/** For tests and benches of other packages: a private Postgres, and states to write. */
export { findPostgres, type PrivatePostgres, startPostgres } from './postgres.ts';
export { counter, counterKey, podKey, sampleIndexer, samplePod, type Written, write, written } from './sample.ts';
