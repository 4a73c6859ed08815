import type { Txn } from '../core/txn.ts';
import { decide, denied } from './authorize.ts';
import { serveDiscovery } from './discovery/serve.ts';
import { discoverable } from './elsewhere.ts';
import { CONFIGURATION_PATH, KEYS_PATH, openIdDocument } from './identity/open-id.ts';
import type { KindDefinition } from './kind.ts';
import type { Machine } from './machine.ts';
import { serveOpenApi } from './openapi/serve.ts';
import { type ApiAnswer, type ApiRequest, jsonAnswer } from './request.ts';
import { methodNotAllowed, resourceNotFound } from './status.ts';
import { VERSION } from './version.ts';

/** Addresses that are no resources: discovery, OpenAPI, version, health. */
export function servePlain(machine: Machine, txn: Txn, request: ApiRequest, parts: string[]): ApiAnswer {
  const root = parts[0] ?? '';
  const verb = request.method.toLowerCase();
  const question = { verb, resource: '', subresource: '', group: '', namespace: '', name: '', path: request.path };
  const { allowed, reason } = decide(txn, request.user, question);
  if (!allowed) throw denied(request.user, question, reason);
  if (verb !== 'get' && verb !== 'head') throw methodNotAllowed();
  const kinds = discoverable(txn, machine.kinds(txn).kinds);
  switch (root) {
    case 'api':
    case 'apis':
      return serveDiscovery(kinds, machine.actions, request, parts);
    case 'openapi':
      return serveOpenApi(kinds, machine.actions, request, parts);
    case '.well-known':
    case 'openid':
      return openIdDocument(txn, request.path) ?? missing();
    case 'version':
      return jsonAnswer(200, VERSION);
    case 'healthz':
    case 'livez':
    case 'readyz':
      return health(root, parts.slice(1), request);
    case '':
      return jsonAnswer(200, { paths: rootPaths(kinds) });
    default:
      throw resourceNotFound();
  }
}

function missing(): never {
  throw resourceNotFound();
}

/** Everything that has an address of its own. */
function rootPaths(kinds: readonly KindDefinition[]): string[] {
  const groups = kinds.flatMap(({ group, version }) => (group === '' ? [`/api/${version}`] : [`/apis/${group}`, `/apis/${group}/${version}`]));
  const health = ['healthz', 'livez', 'readyz'].flatMap((root) => [`/${root}`, ...CHECKS.map((check) => `/${root}/${check}`)]);
  return [
    ...new Set([CONFIGURATION_PATH, '/api', '/apis', '/openapi/v2', '/openapi/v3', KEYS_PATH, '/version', '/version/', ...groups, ...health]),
  ].sort();
}

const HOOKS = [
  'start-apiserver-admission-initializer',
  'generic-apiserver-start-informers',
  'priority-and-fairness-config-consumer',
  'priority-and-fairness-filter',
  'storage-object-count-tracker-hook',
  'start-apiextensions-informers',
  'start-apiextensions-controllers',
  'crd-informer-synced',
  'start-system-namespaces-controller',
  'start-cluster-authentication-info-controller',
  'start-kube-apiserver-identity-lease-controller',
  'start-kube-apiserver-identity-lease-garbage-collector',
  'start-legacy-token-tracking-controller',
  'start-service-ip-repair-controllers',
  'rbac/bootstrap-roles',
  'scheduling/bootstrap-system-priority-classes',
  'priority-and-fairness-config-producer',
  'bootstrap-controller',
  'start-kubernetes-service-cidr-controller',
  'aggregator-reload-proxy-client-cert',
  'start-kube-aggregator-informers',
  'apiservice-status-local-available-controller',
  'apiservice-status-remote-available-controller',
  'apiservice-registration-controller',
  'apiservice-discovery-controller',
  'kube-apiserver-autoregistration',
];
/** Models k8s.io/apiserver/pkg/server/healthz. */
const CHECKS = ['ping', 'log', 'etcd', ...HOOKS.map((hook) => `poststarthook/${hook}`), 'autoregister-completion', 'apiservice-openapi-controller'];

function health(root: string, rest: readonly string[], { query }: ApiRequest): ApiAnswer {
  const check = rest.join('/');
  if (check !== '' && !CHECKS.includes(check)) throw resourceNotFound();
  const skipped = query.all('exclude');
  const lines = CHECKS.map((name) => (skipped.includes(name) ? `[+]${name} excluded: ok` : `[+]${name} ok`));
  const body = check !== '' || query.get('verbose') === undefined ? 'ok' : `${lines.join('\n')}\n${root} check passed\n`;
  return { type: 'answer', status: 200, headers: [['content-type', 'text/plain; charset=utf-8']], body };
}
