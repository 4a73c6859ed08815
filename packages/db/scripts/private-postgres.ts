import { createInterface } from 'node:readline';
import { startPostgres } from '../testing/postgres.ts';

/** A Postgres of one's own for as long as this process lives: prints its URL, or `none` where no Postgres is installed. Obeys `crash` and `start`. */
const server = await startPostgres();
console.log(server?.url ?? 'none');
if (server) {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === 'crash') server.crash();
    else if (line === 'start') server.start();
    console.log(`${line}: done`);
  }
  process.exit(0);
}
