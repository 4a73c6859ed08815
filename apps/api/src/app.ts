import { Hono } from 'hono';
import { kubeRoutes } from './kube/routes.ts';
import { platformRoutes } from './platform/routes.ts';
import type { Platform } from './platform.ts';

/** Health of the process: a database that does not answer is not ready. */
function healthRoutes(platform: Platform): Hono {
  const app = new Hono();
  app.get('/healthz', (c) => c.text('ok'));
  app.get('/livez', (c) => c.text('ok'));
  app.get('/readyz', async (c) => {
    try {
      await platform.database.store.heads([]);
      return c.text(`ok\ndatabase: ${platform.database.label}`);
    } catch (error) {
      platform.log.error({ err: error }, 'not ready');
      return c.text('database unreachable', 503);
    }
  });
  app.get('/metrics', async (c) => c.text(await platform.metrics.text(), 200, { 'content-type': platform.metrics.contentType }));
  return app;
}

/** Everything but the dashboard. */
export function createApp(platform: Platform): Hono {
  const app = new Hono();
  app.route('/', healthRoutes(platform));
  app.route('/', kubeRoutes(platform));
  app.route('/', platformRoutes(platform));
  return app;
}
