import { open } from '@vivakube/db';
import { indexer } from '@vivakube/engine';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { assemblePlatform } from './platform.ts';

/**
 * Entry for functions: the same routes as the server without any background timer. Needs DATABASE_URL.
 * What is due happens when a cluster is asked, or on POST /api/cron/tick.
 */
const starting = (async () => {
  const config = readConfig(process.env);
  if (config.databaseUrl === undefined) throw new Error('DATABASE_URL: a function needs a database that outlives it');
  return createApp(await assemblePlatform(config, await open({ indexer, databaseUrl: config.databaseUrl }), false));
})();

export async function fetch(request: Request): Promise<Response> {
  return (await starting).fetch(request);
}

export default { fetch };
