import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/** The built dashboard, in this very process; undefined where it has not been built. */
export async function loadDashboard(dir: string, hostname: string, port: number): Promise<Handler | undefined> {
  if (!existsSync(join(dir, '.next', 'BUILD_ID'))) return undefined;
  const { default: next } = await import('next');
  const app = (next as unknown as (options: object) => { prepare(): Promise<void>; getRequestHandler(): Handler })({
    dev: false,
    dir,
    hostname,
    port,
  });
  await app.prepare();
  return app.getRequestHandler();
}
