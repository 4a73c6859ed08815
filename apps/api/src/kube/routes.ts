import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Unavailable } from '@vivakube/db';
import { type ApiAnswer, ApiError, type ApiRequest, type ApiStream, type ApiText, BODY_BYTES_MAX, Query, type UserInfo } from '@vivakube/engine';
import { type Context, Hono } from 'hono';
import { stringify } from 'yaml';
import { ClusterGone, Outrun, type Session, StillBehind } from '../clusters/session.ts';
import type { Platform } from '../platform.ts';
import { type Credentials, credentials, sameOrigin } from './auth.ts';
import { readBody } from './body.ts';
import type { TextSink } from './follow.ts';
import { ANONYMOUS, clientCertificate, clusterIdentity, type Identity, impersonation, isOpen } from './identity.ts';
import { longBody } from './long-body.ts';

const GZIP_BYTES_MIN = 128 * 1024;
const compress = promisify(gzip);
const PREFIX = /^\/clusters\/([^/]+)(\/.*)?$/;

/** The Kubernetes API of every cluster, below `/clusters/<id>`. */
export function kubeRoutes(platform: Platform): Hono {
  const app = new Hono();
  app.all('/clusters/*', async (c) => {
    const started = performance.now();
    const match = PREFIX.exec(c.req.path);
    const id = match?.[1] ?? '';
    try {
      const response = await handle(platform, c, id, match?.[2] ?? '/');
      platform.metrics.observeRequest(c.req.method, response.status, (performance.now() - started) / 1000);
      return response;
    } catch (error) {
      return failure(platform, error, !isRead(c.req.method));
    }
  });
  return app;
}

async function handle(platform: Platform, c: Context, id: string, path: string): Promise<Response> {
  const identity = await identify(platform, c, id, path);
  platform.limits.take(id);
  // A body may take its time; a session that nobody uses meanwhile may be put away.
  const request = await toRequest(c, path, identity);
  const session = await platform.sessions.get(id);
  if (!session) throw unauthorized();
  const response = await session.submit(request);
  if (response.type === 'watch') return streamed(platform, session, response, c);
  return response.type === 'text' ? followed(platform, session, request, response, c) : answered(c, response);
}

export const unauthorized = (): ApiError => new ApiError(401, 'Unauthorized', 'Unauthorized');

/** Whose request this is, and whom they want to be. */
async function identify(platform: Platform, c: Context, id: string, path: string): Promise<Identity> {
  const known = await holder(platform, c, id, path);
  const impersonate = impersonation(c.req.raw.headers);
  return impersonate ? { ...known, impersonate } : known;
}

async function holder(platform: Platform, c: Context, id: string, path: string): Promise<Identity> {
  const certificate = clientCertificate((c.env as { incoming?: IncomingMessage } | undefined)?.incoming?.socket);
  const found = credentials({ get: (name) => c.req.header(name) }, id);
  if (!found && (certificate || isOpen(path))) return { user: ANONYMOUS, ...(certificate ? { certificate } : {}) };
  const known = clusterIdentity(presented(c, id)) ?? { user: await authenticate(platform, c, id) };
  return certificate ? { ...known, certificate } : known;
}

function presented(c: Context, id: string): Credentials {
  const found = credentials({ get: (name) => c.req.header(name) }, id);
  if (!found) throw unauthorized();
  return found;
}

/** The holder of a token of the platform. An unknown cluster and a wrong token look the same from outside. */
export async function authenticate(platform: Platform, c: Context, id: string): Promise<UserInfo> {
  const found = presented(c, id);
  const write = !['GET', 'HEAD'].includes(c.req.method);
  if (found.byCookie && write && !sameOrigin({ get: (name) => c.req.header(name) })) {
    throw new ApiError(403, 'Forbidden', 'a request by cookie must come from the same origin');
  }
  const user = await platform.authenticator.user(id, found.token);
  if (!user) throw unauthorized();
  return user;
}

async function toRequest(c: Context, path: string, identity: Identity): Promise<ApiRequest> {
  const url = c.req.url;
  const cut = url.indexOf('?');
  return {
    method: c.req.method,
    path,
    query: new Query(cut < 0 ? '' : url.slice(cut)),
    accept: c.req.header('accept') ?? '',
    contentType: c.req.header('content-type'),
    userAgent: c.req.header('user-agent') ?? '',
    ifNoneMatch: c.req.header('if-none-match'),
    body: await readBody(c.req.raw, BODY_BYTES_MAX),
    ...identity,
  };
}

/** Nothing of a cluster may be kept on the way, and each answer has a name that logs can be searched for. */
const everyAnswer = (): Record<string, string> => ({ 'audit-id': randomUUID(), 'cache-control': 'no-cache, private' });

async function answered(c: Context, answer: ApiAnswer): Promise<Response> {
  const headers = new Headers(everyAnswer());
  for (const [name, value] of answer.headers) {
    if (name === 'cache-control') headers.set(name, value);
    else headers.append(name, value);
  }
  let body = bytesOf(answer.body);
  if (wantsYaml(c) && headers.get('content-type') === 'application/json') {
    headers.set('content-type', 'application/yaml');
    body = Buffer.from(stringify(JSON.parse(body.toString()), { lineWidth: 0 }));
  } else if (isForEyes(c) && headers.get('content-type') === 'application/json') {
    body = Buffer.from(`${JSON.stringify(JSON.parse(body.toString()), null, 2)}\n`);
  }
  if (body.length >= GZIP_BYTES_MIN && !headers.has('content-encoding') && /\bgzip\b/.test(c.req.header('accept-encoding') ?? '')) {
    body = await compress(body, { level: 1 });
    headers.set('content-encoding', 'gzip');
  }
  headers.set('content-length', String(body.length));
  return new Response(c.req.method === 'HEAD' ? null : (longBody(body) as unknown as BodyInit), { status: answer.status, headers });
}

const wantsYaml = (c: Context): boolean => /^\s*application\/yaml\b/.test(c.req.header('accept') ?? '');

/** Models isPrettyPrint in k8s.io/apiserver/pkg/endpoints/handlers/negotiation, without browsers: what asks there is the dashboard. */
function isForEyes(c: Context): boolean {
  const asked = c.req.query('pretty');
  if (asked) return ['1', 't', 'T', 'TRUE', 'true', 'True'].includes(asked);
  return /^(curl|Wget)/.test(c.req.header('user-agent') ?? '');
}

function bytesOf(body: ApiAnswer['body']): Buffer {
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return Buffer.from(typeof body === 'string' ? body : body.join(''));
}

/** Once a watch is understood, what is wrong with its past is an event of its own. Models Cacher.Watch in k8s.io/apiserver. */
const expired = (error: unknown): ApiError => {
  if (error instanceof ApiError && error.status.code === 410) return error;
  throw error;
};

async function streamed(platform: Platform, session: Session, stream: ApiStream, c: Context): Promise<Response> {
  const past = await platform.watches.past(session, stream).catch(expired);
  if (past instanceof ApiError) {
    const line = `${JSON.stringify({ type: 'ERROR', object: past.status })}\n`;
    return new Response(line, { status: 200, headers: { ...everyAnswer(), 'content-type': stream.contentType } });
  }
  return flowing(c, stream.contentType, (pipe) => platform.watches.follow(session, stream, past, { ...pipe, keepAlive: () => pipe.write('\n') }));
}

const followed = (platform: Platform, session: Session, request: ApiRequest, text: ApiText, c: Context): Response =>
  flowing(c, text.contentType, (pipe) => platform.follows.follow(session, request, text, pipe));

/** A body that is written as it comes about. `begin` says how to end it from this side. */
function flowing(c: Context, contentType: string, begin: (pipe: TextSink) => () => void): Response {
  let finish = (): void => {};
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let open = true;
        finish = begin({
          write: (line) => {
            if (open) controller.enqueue(bytesOfLine(line));
          },
          backlogBytes: () => -(controller.desiredSize ?? 0),
          close: () => {
            if (open) controller.close();
            open = false;
          },
        });
        c.req.raw.signal.addEventListener('abort', () => finish());
      },
      cancel: () => finish(),
    },
    { highWaterMark: 0, size: (chunk) => chunk?.byteLength ?? 0 },
  );
  return new Response(body, { status: 200, headers: { ...everyAnswer(), 'content-type': contentType } });
}

const encoder = new TextEncoder();
let lastLine = '';
let lastBytes = encoder.encode(lastLine);

/** A thousand watchers are told the same line one after the other: it becomes bytes once. */
function bytesOfLine(line: string): Uint8Array {
  if (line !== lastLine) {
    lastLine = line;
    lastBytes = encoder.encode(line);
  }
  return lastBytes;
}

const isRead = (method: string): boolean => method === 'GET' || method === 'HEAD';

/** Whatever went wrong, as a Status. */
export function failure(platform: Platform, error: unknown, write = false): Response {
  const known = asApiError(error, write);
  if (error instanceof Unavailable) platform.outages.note(error);
  if (!known) platform.log.error({ err: error }, 'request failed');
  const { status } =
    known ?? new ApiError(500, 'InternalError', `Internal error occurred: ${error instanceof Error ? error.message : String(error)}`);
  const headers = new Headers({ ...everyAnswer(), 'content-type': 'application/json' });
  if (status.details?.retryAfterSeconds) headers.set('retry-after', String(status.details.retryAfterSeconds));
  // The rest of a body that was too large is not read, so nothing else can come on this connection.
  if (status.code === 413) headers.set('connection', 'close');
  return new Response(JSON.stringify(status), { status: status.code, headers });
}

function asApiError(error: unknown, write: boolean): ApiError | undefined {
  if (error instanceof ApiError) return error;
  if (error instanceof ClusterGone) return unauthorized();
  if (error instanceof StillBehind) {
    return new ApiError(503, 'ServiceUnavailable', 'the cluster is still catching up with the time that has passed; please try again', {
      retryAfterSeconds: 1,
    });
  }
  if (error instanceof Outrun) {
    return new ApiError(503, 'ServiceUnavailable', 'other processes keep writing to this cluster; please try again', { retryAfterSeconds: 1 });
  }
  if (error instanceof Unavailable) return unavailable(error.undecided && write);
  return undefined;
}

/** Clients repeat by themselves what is refused with Retry-After; so what may have been done is not refused but left open. */
const unavailable = (undecided: boolean): ApiError =>
  undecided
    ? new ApiError(504, 'Timeout', 'the database stopped answering while this was being written: it may have been done')
    : new ApiError(503, 'ServiceUnavailable', 'the database is not available; please try again', { retryAfterSeconds: 1 });
