import { timingSafeEqual } from 'node:crypto';
import { ApiError } from '@vivakube/engine';
import { type Context, Hono } from 'hono';
import { cookieName, credentials } from '../kube/auth.ts';
import { readBody } from '../kube/body.ts';
import { authenticate, failure } from '../kube/routes.ts';
import type { Platform } from '../platform.ts';
import { SandboxRequest } from './clusters.ts';
import { kubeconfig } from './kubeconfig.ts';

const BODY_BYTES_MAX = 64 * 1024;
const CRON_BATCH = 50;
const CRON_MS_MAX = 20_000;

/** The platform's own API: what Kubernetes has no words for. */
export function platformRoutes(platform: Platform): Hono {
  const app = new Hono();
  app.onError((error) => failure(platform, error));
  app.post('/api/sandboxes', (c) => createSandbox(platform, c));
  app.get('/api/clusters', (c) => listClusters(platform, c));
  app.get('/api/clusters/:id', async (c) => c.json(await describe(platform, c, c.req.param('id'))));
  app.get('/api/clusters/:id/kubeconfig', (c) => downloadKubeconfig(platform, c, c.req.param('id')));
  app.delete('/api/clusters/:id', (c) => deleteCluster(platform, c, c.req.param('id')));
  app.post('/api/cron/tick', (c) => cronTick(platform, c));
  app.all('/api/*', (c) => failure(platform, new ApiError(404, 'NotFound', `there is no ${c.req.method} ${c.req.path}`)));
  return app;
}

const serverUrl = ({ config }: Platform, id: string): string => `https://${config.publicHost}:${config.kubePort}/clusters/${id}`;

async function createSandbox(platform: Platform, c: Context): Promise<Response> {
  platform.sandboxLimits.take(addressOf(c));
  const options = SandboxRequest.safeParse(await jsonBody(c));
  if (!options.success) {
    const issue = options.error.issues[0];
    throw new ApiError(422, 'Invalid', `${issue?.path.join('.') || 'body'}: ${issue?.message}`);
  }
  const sandbox = await platform.clusters.createSandbox(options.data, platform.config.sandboxMs);
  platform.metrics.sandboxCreated();
  platform.sessions.warm(sandbox.id);
  const server = serverUrl(platform, sandbox.id);
  const config = kubeconfig({ name: sandbox.name, server, caCertificate: platform.authority.certificate, token: sandbox.token });
  const lifetimeSeconds = Math.floor(platform.config.sandboxMs / 1000);
  c.header('set-cookie', `${cookieName(sandbox.id)}=${sandbox.token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${lifetimeSeconds}`);
  if (/^\s*application\/yaml\b/.test(c.req.header('accept') ?? '')) return c.body(config, 201, { 'content-type': 'application/yaml' });
  const cluster = { id: sandbox.id, name: sandbox.name, server };
  return c.json({ cluster, kubeconfig: config, expiresAt: new Date(sandbox.expiresAt).toISOString() }, 201);
}

async function jsonBody(c: Context): Promise<unknown> {
  const body = await readBody(c.req.raw, BODY_BYTES_MAX);
  if (body.length === 0) return {};
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch (error) {
    throw new ApiError(400, 'BadRequest', `the body is not valid JSON: ${(error as Error).message}`);
  }
}

const addressOf = (c: Context): string =>
  (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming?.socket?.remoteAddress ?? 'unknown';

async function listClusters(platform: Platform, c: Context): Promise<Response> {
  const ids = [...(c.req.header('cookie') ?? '').matchAll(/(?:^|; *)vk_([a-z0-9]+)=/g)].map((match) => match[1] as string);
  const items = [];
  for (const id of ids) {
    try {
      items.push(await describe(platform, c, id));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }
  return c.json({ items });
}

async function describe(platform: Platform, c: Context, id: string): Promise<object> {
  await authenticate(platform, c, id);
  const row = await platform.database.store.row(id);
  if (!row) throw new ApiError(404, 'NotFound', `clusters "${id}" not found`);
  return {
    id,
    name: row.name,
    server: serverUrl(platform, id),
    timing: row.settings.timing,
    revision: row.revision,
    createdAt: new Date(row.createdAt).toISOString(),
    expiresAt: row.expiresAt === null ? null : new Date(row.expiresAt).toISOString(),
  };
}

async function downloadKubeconfig(platform: Platform, c: Context, id: string): Promise<Response> {
  await authenticate(platform, c, id);
  const row = await platform.database.store.row(id);
  const found = credentials({ get: (name) => c.req.header(name) }, id);
  if (!row || !found) throw new ApiError(404, 'NotFound', `clusters "${id}" not found`);
  const text = kubeconfig({ name: row.name, server: serverUrl(platform, id), caCertificate: platform.authority.certificate, token: found.token });
  return c.body(text, 200, { 'content-type': 'application/yaml', 'content-disposition': `attachment; filename="vivakube-${row.name}.yaml"` });
}

async function deleteCluster(platform: Platform, c: Context, id: string): Promise<Response> {
  await authenticate(platform, c, id);
  await platform.sessions.forget(id);
  await platform.database.store.delete(id, platform.clock.now());
  c.header('set-cookie', `${cookieName(id)}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`);
  return c.body(null, 204);
}

/** Lets everything that is due happen, in every cluster, within a bounded time. */
async function cronTick(platform: Platform, c: Context): Promise<Response> {
  checkCron(platform, c);
  const until = performance.now() + CRON_MS_MAX;
  let ticked = 0;
  let more = true;
  while (more && performance.now() < until) {
    const pass = await platform.sessions.tickDue(CRON_BATCH);
    ticked += pass.ticked;
    more = pass.more;
  }
  const now = platform.clock.now();
  const expired = await platform.database.store.expired(now, CRON_BATCH);
  for (const id of expired) {
    await platform.sessions.forget(id);
    await platform.database.store.delete(id, now);
  }
  const collected = await platform.database.store.gc(now);
  return c.json({ ticked, more, expired: expired.length, collected });
}

function checkCron({ config }: Platform, c: Context): void {
  if (config.cronSecret === undefined) {
    if (!/^(::1|127\.|::ffff:127\.|unknown)/.test(addressOf(c))) throw new ApiError(403, 'Forbidden', 'set CRON_SECRET to call this from elsewhere');
    return;
  }
  const given = Buffer.from(/^bearer +(.+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? '');
  const wanted = Buffer.from(config.cronSecret);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new ApiError(401, 'Unauthorized', 'Unauthorized');
}
