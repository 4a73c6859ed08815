import type { Txn } from '../core/txn.ts';
import { decide, denied } from './authorize.ts';
import { serveDiscovery } from './discovery/serve.ts';
import type { Machine } from './machine.ts';
import { serveOpenApi } from './openapi/serve.ts';
import { type ApiAnswer, type ApiRequest, jsonAnswer } from './request.ts';
import { methodNotAllowed, resourceNotFound } from './status.ts';
import { VERSION } from './version.ts';

/** What anybody may read. Models the bootstrap role system:public-info-viewer. */
const PUBLIC: readonly string[] = ['healthz', 'livez', 'readyz', 'version'];
/** What every authenticated user may read. Models system:discovery. */
const DISCOVERY: readonly string[] = ['api', 'apis', 'openapi', ...PUBLIC];

/** Addresses that are no resources: discovery, OpenAPI, version, health. */
export function servePlain(machine: Machine, txn: Txn, request: ApiRequest, parts: string[]): ApiAnswer {
  const root = parts[0] ?? '';
  if (request.method !== 'GET' && request.method !== 'HEAD') throw methodNotAllowed();
  if (!DISCOVERY.includes(root)) {
    const question = { verb: 'get', resource: '', subresource: '', group: '', namespace: '', name: '', path: `/${parts.join('/')}` };
    const { allowed, reason } = decide(txn, request.user, question);
    if (!allowed) throw denied(request.user, question, reason);
  }
  const { kinds } = machine.kinds(txn);
  switch (root) {
    case 'api':
    case 'apis':
      return serveDiscovery(kinds, machine.actions, request, parts);
    case 'openapi':
      return serveOpenApi(kinds, machine.actions, request, parts);
    case 'version':
      return jsonAnswer(200, VERSION);
    case 'healthz':
    case 'livez':
    case 'readyz':
      return health(root, request);
    case '':
      return jsonAnswer(200, { paths: ROOT_PATHS });
    default:
      throw resourceNotFound();
  }
}

const ROOT_PATHS = ['/api', '/api/v1', '/apis', '/healthz', '/livez', '/openapi/v2', '/openapi/v3', '/readyz', '/version'];

const CHECKS = ['ping', 'log', 'etcd'];

function health(root: string, { query }: ApiRequest): ApiAnswer {
  const body = query.get('verbose') === undefined ? 'ok' : `${CHECKS.map((name) => `[+]${name} ok`).join('\n')}\n${root} check passed\n`;
  return { type: 'answer', status: 200, headers: [['content-type', 'text/plain; charset=utf-8']], body };
}
