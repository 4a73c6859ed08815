import type { Txn } from '../core/txn.ts';
import { negotiate, takesOnlyProtobuf } from './accept.ts';
import { isConnection } from './action.ts';
import { type AccessQuestion, decide, denied, questionOf } from './authorize.ts';
import { checkTimeout } from './deadline.ts';
import { outage } from './elsewhere.ts';
import { identified } from './identity/index.ts';
import type { KindDefinition, Verb } from './kind.ts';
import type { Machine } from './machine.ts';
import { servePlain } from './plain.ts';
import { asProtobuf } from './protobuf/answer.ts';
import { type ApiRequest, type ApiResponse, jsonAnswer } from './request.ts';
import { parsePath, type ResourcePath } from './route.ts';
import { ApiError, methodNotAllowed, resourceNotFound } from './status.ts';
import { act } from './verbs/act.ts';
import { connect } from './verbs/connect.ts';
import type { Call } from './verbs/context.ts';
import { create } from './verbs/create.ts';
import { forward } from './verbs/forward.ts';
import { get } from './verbs/get.ts';
import { list } from './verbs/list.ts';
import { patch } from './verbs/patch.ts';
import { remove, removeCollection } from './verbs/remove.ts';
import { review } from './verbs/review.ts';
import { scale } from './verbs/scale.ts';
import { update } from './verbs/update.ts';
import { watch } from './verbs/watch.ts';

/** One request to a cluster. Whatever the user got wrong becomes a Status; only broken invariants are thrown. */
export function serve(machine: Machine, txn: Txn, request: ApiRequest): ApiResponse {
  const before = txn.savepoint();
  try {
    checkTimeout(request);
    const known = identified(txn, request);
    txn.authorship = { ...txn.authorship, actor: known.user.username };
    const response = respond(machine, txn, known);
    txn.keep();
    return response;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    txn.rollback(before);
    return errorAnswer(machine, request, error);
  }
}

function errorAnswer({ registry }: Machine, { accept }: ApiRequest, { status }: ApiError): ApiResponse {
  const retry = status.details?.retryAfterSeconds;
  const answer = jsonAnswer(status.code, status, retry === undefined ? [] : [['retry-after', String(retry)]]);
  return takesOnlyProtobuf(accept) ? asProtobuf(answer, registry) : answer;
}

function respond(machine: Machine, txn: Txn, request: ApiRequest): ApiResponse {
  const path = parsePath(request.path);
  if (path.type === 'plain') return servePlain(machine, txn, request, path.parts);
  const kind = machine.kinds(txn).forPath(path.group, path.version, path.resource);
  const verb = verbOf(request, path);
  check(txn, request, path, verb);
  if (!kind || (path.namespaced && kind.scope === 'Cluster')) throw resourceNotFound();
  const silence = kind.servedElsewhere && outage(txn, kind);
  if (silence) throw silence;
  if (kind.scope === 'Namespaced' && !path.namespaced && !['list', 'watch'].includes(verb)) throw outsideNamespace(path, verb);
  const accepted = negotiate(request.accept);
  const response = dispatch({ machine, txn, request, path, kind, accepted, warnings: [] }, verb);
  return accepted.protobuf && response.type === 'answer' ? asProtobuf(response, machine.kinds(txn)) : response;
}

/** A namespaced resource without its namespace in the URL: only reviews and lists have such addresses. */
const outsideNamespace = (path: ResourcePath, verb: string): ApiError =>
  path.name === '' && verb !== 'get' ? methodNotAllowed() : resourceNotFound();

function verbOf({ method, query }: ApiRequest, path: ResourcePath): Verb {
  switch (method) {
    case 'GET':
    case 'HEAD':
      if (path.watch || (query.flag('watch') && path.subresource === '')) return 'watch';
      return path.name === '' ? 'list' : 'get';
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return path.name === '' ? 'deletecollection' : 'delete';
    default:
      throw methodNotAllowed();
  }
}

const COLLECTIVE: readonly Verb[] = ['list', 'watch', 'deletecollection'];

/** Whoever wants a collection of exactly one name asks about that. Models NewRequestInfo in k8s.io/apiserver/pkg/endpoints/request/requestinfo.go. */
function selectedName({ query }: ApiRequest): string {
  const terms = (query.get('fieldSelector') ?? '').split(',');
  const found = terms.map((term) => /^\s*metadata\.name\s*==?\s*([^\s/%!]+)\s*$/.exec(term)?.[1]).find((name) => name !== undefined);
  return found ?? '';
}

function check(txn: Txn, request: ApiRequest, path: ResourcePath, verb: Verb): void {
  const question: AccessQuestion = {
    ...questionOf(path, verb),
    name: path.name || (COLLECTIVE.includes(verb) ? selectedName(request) : ''),
    fieldSelector: request.query.get('fieldSelector') ?? '',
  };
  const { allowed, reason } = decide(txn, request.user, question);
  if (!allowed) throw denied(request.user, question, reason);
}

function dispatch(call: Call, verb: Verb): ApiResponse {
  const { kind, path } = call;
  if (kind.deprecation) call.warnings.push(kind.deprecation);
  if (path.subresource !== '') return subresource(call, verb);
  if (kind.postsTo) {
    if (verb === 'create') return forward(call, kind.postsTo);
    throw methodNotAllowed();
  }
  if (kind.review) {
    if (verb === 'create') return review(call);
    throw methodNotAllowed();
  }
  if (kind.verbs && !kind.verbs.includes(verb)) throw methodNotAllowed();
  if ((path.name !== '') === (verb === 'create') && NAMED.includes(verb)) throw methodNotAllowed();
  return VERBS[verb](call);
}

/** Verbs that are about one object, and the one that is about none yet. */
const NAMED: readonly Verb[] = ['create', 'update', 'patch'];

const VERBS: Record<Verb, (call: Call) => ApiResponse> = {
  get,
  list,
  watch,
  create,
  update,
  patch,
  delete: remove,
  deletecollection: removeCollection,
};

const OBJECT_VERBS: readonly Verb[] = ['get', 'update', 'patch'];

function subresource(call: Call, verb: Verb): ApiResponse {
  const { kind, path, machine } = call;
  const action = machine.actions.get(`${resourceKey(kind)}/${path.subresource}`);
  if (path.rest !== '' && !(action && isConnection(action) && action.takesPath)) throw resourceNotFound();
  if (action && isConnection(action)) return connect(call, action, verb);
  if (action?.verbs.includes(verb)) return act(call, action);
  if (path.subresource === 'scale' && kind.subresources?.scale) return scale(call, verb);
  const partOfObject = (path.subresource === 'status' && kind.subresources?.status) || kind.updates?.[path.subresource];
  if (!partOfObject) throw action ? methodNotAllowed() : resourceNotFound();
  if (!OBJECT_VERBS.includes(verb)) throw methodNotAllowed();
  return VERBS[verb](call);
}

const resourceKey = (kind: KindDefinition): string => `${kind.group === '' ? 'core' : kind.group}/${kind.plural}`;
