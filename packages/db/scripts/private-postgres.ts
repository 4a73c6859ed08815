import { startPostgres } from '../testing/postgres.ts';

/** A Postgres of one's own for as long as this process lives: prints its URL, or `none` where no Postgres is installed. */
const server = await startPostgres();
console.log(server?.url ?? 'none');
if (server) {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));
  process.stdin.on('end', () => process.exit(0)).resume();
}
