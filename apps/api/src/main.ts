import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { open } from '@vivakube/db';
import { indexer } from '@vivakube/engine';
import { type Config, pgliteDir, readConfig } from './config.ts';
import { loadDashboard } from './dashboard.ts';
import { assemblePlatform } from './platform.ts';
import { listen } from './server.ts';

/** Opens the database, the ports and the dashboard, says where, and stops in order. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const database = await openDatabase(config);
  try {
    const platform = await assemblePlatform(config, database, true);
    const dashboard = await loadDashboard(process.env.VIVAKUBE_WEB ?? join(process.cwd(), 'apps', 'web'), config.host, config.port);
    const { port, kubePort, close } = await listen(platform, dashboard);
    console.log(`Dashboard   http://localhost:${port}`);
    console.log(`Kubernetes  https://localhost:${kubePort}`);
    console.log(`Database    ${database.label}`);
    console.log(`New cluster curl -sX POST -H 'Accept: application/yaml' http://localhost:${port}/api/sandboxes > kubeconfig`);
    let stopping = false;
    const stop = async (): Promise<void> => {
      if (stopping) return;
      stopping = true;
      platform.watches.endAll();
      platform.follows.endAll();
      await close();
      await platform.sessions.close();
      await database.close();
      process.exit(0);
    };
    process.on('SIGTERM', () => void stop());
    process.on('SIGINT', () => void stop());
  } catch (error) {
    await database.close();
    throw error;
  }
}

function openDatabase(config: Config): ReturnType<typeof open> {
  if (config.databaseUrl) return open({ indexer, databaseUrl: config.databaseUrl });
  mkdirSync(config.dataDir, { recursive: true });
  return open({ indexer, dataDir: pgliteDir(config) });
}

main().catch((error: unknown) => {
  console.error(`vivakube: ${(error instanceof Error ? error.message : String(error)).split('\n')[0]}`);
  process.exit(1);
});
