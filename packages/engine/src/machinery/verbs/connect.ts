import type { KubeObject } from '../../core/object.ts';
import type { Connection } from '../action.ts';
import { decide, questionOf } from '../authorize.ts';
import type { Verb } from '../kind.ts';
import type { Attributes } from '../machine.ts';
import { type ApiResponse, jsonAnswer } from '../request.ts';
import { badRequest, forbidden, methodNotAllowed } from '../status.ts';
import type { Call } from './context.ts';

/** Somebody wants a stream. Models ConnectResource in k8s.io/apiserver/pkg/endpoints/handlers/rest.go. */
export function connect(call: Call, connection: Connection, verb: Verb): ApiResponse {
  const { path, request, txn } = call;
  if (!connection.verbs.includes(verb)) throw methodNotAllowed();
  if (request.query.all('dryRun').length > 0) throw badRequest('dryRun is not supported');
  const options = { kind: connection.kind, apiVersion: 'v1', ...connection.options(request.query, path.rest) };
  judge(call, connection, options);
  if (connection.needsCreate && verb !== 'create') requireCreate(call);
  const result = connection.run({ view: txn, namespace: path.namespace, name: path.name, options, upgrades: request.upgrades ?? false });
  if ('text' in result) return { type: 'answer', status: 200, headers: [['content-type', 'text/plain']], body: result.text };
  return jsonAnswer(result.status ?? 200, result.object);
}

/** What goes both ways is writing, whatever method a WebSocket begins with. Models pkg/registry/core/pod/rest/authorize.go. */
function requireCreate({ txn, request, path }: Call): void {
  const { allowed, reason } = decide(txn, request.user, questionOf(path, 'create'));
  if (!allowed) throw forbidden(path.group, path.resource, path.name, reason);
}

function judge({ machine, kind, path, request, txn, warnings }: Call, connection: Connection, options: object): void {
  const { group, version } = connection;
  const attributes: Attributes = {
    operation: 'CONNECT',
    kind,
    sent: { group, version, kind: connection.kind },
    subresource: connection.subresource,
    namespace: path.namespace,
    name: path.name,
    object: options as KubeObject,
    old: undefined,
    user: request.user,
    dryRun: false,
    txn,
    warnings,
  };
  for (const plugin of machine.admission) if (plugin.judgesConnections) plugin.validate?.(attributes);
}
