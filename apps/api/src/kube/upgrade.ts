import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { ApiError, type ApiRequest, Query } from '@vivakube/engine';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Platform } from '../platform.ts';
import { type Credentials, credentials, sameOrigin } from './auth.ts';
import { ANONYMOUS, clientCertificate, clusterIdentity, type Identity, impersonation } from './identity.ts';
import { failure, unauthorized } from './routes.ts';
import type { Sink } from './watch.ts';

const PREFIX = /^\/clusters\/([^/]+)(\/[^?]*)(\?.*)?$/;
const BINARY = 'base64.binary.k8s.io';
const BEARER = 'base64url.bearer.authorization.k8s.io.';

/** Watches over WebSocket, as browsers open them: one message for each event. */
export function acceptUpgrades(server: Server, platform: Platform): void {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    // A token that came as a subprotocol is never echoed.
    handleProtocols: (offered) => (offered.has(BINARY) ? BINARY : ([...offered].find((protocol) => !protocol.startsWith(BEARER)) ?? false)),
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    open(platform, request)
      .then((begin) => sockets.handleUpgrade(request, socket, head, (ws) => pump(begin, ws)))
      .catch((error) => refuse(platform, socket, error));
  });
}

type Pipe = Required<Sink>;

async function open(platform: Platform, incoming: IncomingMessage): Promise<(pipe: Pipe) => () => void> {
  const match = PREFIX.exec(incoming.url ?? '');
  if (!match) throw new ApiError(404, 'NotFound', 'the server could not find the requested resource');
  const [, id, path, query = ''] = match as unknown as [string, string, string, string | undefined];
  const headers = { get: (name: string) => [incoming.headers[name]].flat()[0] };
  const certificate = clientCertificate(incoming.socket);
  const found = credentials(headers, id);
  if (!found && !certificate) throw unauthorized();
  if (found?.byCookie && !sameOrigin(headers)) throw new ApiError(403, 'Forbidden', 'a WebSocket by cookie must come from the same origin');
  const identity = found ? (clusterIdentity(found) ?? (await holder(platform, id, found))) : { user: ANONYMOUS };
  const session = identity && (await platform.sessions.get(id));
  if (!identity || !session) throw unauthorized();
  platform.limits.take(id);
  const fields = new Query(query);
  const impersonate = impersonation(headersOf(incoming));
  const request: ApiRequest = {
    method: incoming.method ?? 'GET',
    upgrades: true,
    path,
    query: fields,
    // A browser cannot set headers on a WebSocket, so that a watch of Tables says so in the query.
    accept: fields.get('accept') ?? 'application/json',
    contentType: undefined,
    userAgent: String(incoming.headers['user-agent'] ?? ''),
    body: new Uint8Array(),
    ...identity,
    ...(certificate ? { certificate } : {}),
    ...(impersonate ? { impersonate } : {}),
  };
  const response = await session.submit(request);
  if (response.type === 'answer') throw await refusal(response.status, response.body);
  if (response.type === 'text') return (pipe: Pipe) => platform.follows.follow(session, request, response, pipe);
  const past = await platform.watches.past(session, response);
  return (pipe: Pipe) => platform.watches.follow(session, response, past, { ...pipe, write: (line) => pipe.write(line.trimEnd()) });
}

const headersOf = ({ headers }: IncomingMessage): Headers =>
  new Headers(
    Object.entries(headers).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, [value].flat().join(', ')]])),
  );

async function holder(platform: Platform, id: string, { token }: Credentials): Promise<Identity | undefined> {
  const user = await platform.authenticator.user(id, token);
  return user && { user };
}

/** What would have been the answer over plain HTTP is why there is no WebSocket. */
async function refusal(status: number, body: unknown): Promise<ApiError> {
  if (status < 400) return new ApiError(400, 'BadRequest', 'this address is no watch: a WebSocket has nothing to carry');
  const text = Array.isArray(body) ? body.join('') : String(body);
  const { reason = 'BadRequest', message = text, details } = JSON.parse(text) as { reason?: string; message?: string; details?: object };
  return new ApiError(status, reason, message, details);
}

function pump(begin: (pipe: Pipe) => () => void, ws: WebSocket): void {
  const binary = ws.protocol === BINARY;
  const finish = begin({
    write: (line) => ws.send(binary ? Buffer.from(line).toString('base64') : line),
    backlogBytes: () => ws.bufferedAmount,
    close: () => ws.close(1000),
    keepAlive: () => ws.ping(),
  });
  ws.on('close', finish);
  ws.on('error', finish);
}

/** Clients read the reason from a Status body, not from the status line. */
async function refuse(platform: Platform, socket: Duplex, error: unknown): Promise<void> {
  const response = failure(platform, error);
  const body = await response.text();
  socket.end(
    `HTTP/1.1 ${response.status} Refused\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
