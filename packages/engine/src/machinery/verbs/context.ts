import type { KubeObject } from '../../core/object.ts';
import { Stored } from '../../core/stored.ts';
import type { Txn } from '../../core/txn.ts';
import type { Accepted } from '../accept.ts';
import { notSupported } from '../field.ts';
import type { KindDefinition } from '../kind.ts';
import type { Machine, WriteContext } from '../machine.ts';
import { managerName } from '../managed/index.ts';
import type { Rendering } from '../render.ts';
import { objectText } from '../render.ts';
import { type ApiAnswer, type ApiRequest, JSON_TYPE, warningHeader } from '../request.ts';
import type { ResourcePath } from '../route.ts';
import { badRequest, NAMESPACE_MISMATCH } from '../status.ts';
import { keyOfCall } from './body.ts';
import { invalidOptionsOf } from './options.ts';

/** One request, understood as far as its URL and headers go. */
export interface Call {
  machine: Machine;
  txn: Txn;
  request: ApiRequest;
  path: ResourcePath;
  kind: KindDefinition;
  accepted: Accepted;
  warnings: string[];
}

export const rendering = ({ kind, accepted, txn, request }: Call): Rendering => ({
  kind,
  form: accepted.form,
  view: txn,
  now: txn.now,
  includeObject: request.query.get('includeObject') ?? 'Metadata',
});

/** Whether nothing of this may be kept. */
export function isDryRun(call: Call): boolean {
  const values = call.request.query.all('dryRun').filter((value) => value !== '');
  if (values.some((value) => value !== 'All')) throw invalidOptionsOf(call, [notSupported('dryRun', values, ['All'])]);
  return values.length > 0;
}

export const managerOf = (request: ApiRequest): string => managerName(request.query.get('fieldManager'), request.userAgent);

export const writeContext = (call: Call, dryRun: boolean): WriteContext => ({
  machine: call.machine,
  txn: call.txn,
  user: call.request.user,
  manager: managerOf(call.request),
  dryRun,
  weighs: true,
  warnings: call.warnings,
});

/** Runs a write; under dry run its effects are taken back once the answer is known. */
export function writing<T>(call: Call, dryRun: boolean, write: () => T): T {
  if (!dryRun) return write();
  const { txn } = call;
  const before = txn.savepoint();
  const { onEvent } = txn;
  txn.onEvent = () => {};
  try {
    return write();
  } finally {
    txn.onEvent = onEvent;
    txn.rollback(before);
  }
}

export function objectAnswer(call: Call, status: number, object: KubeObject): ApiAnswer {
  const stored = call.txn.stored(keyOfCall(call))?.object === object ? (call.txn.stored(keyOfCall(call)) as Stored) : Stored.ofObject(object, 0);
  return {
    type: 'answer',
    status,
    headers: [['content-type', JSON_TYPE], ...call.warnings.map(warningHeader)],
    body: [objectText(rendering(call), stored), '\n'],
  };
}

/**
 * Writes one object and answers with it. Under dry run the answer carries the revision that the object really has:
 * none was given out.
 */
export function written(call: Call, status: number, dryRun: boolean, write: () => KubeObject): ApiAnswer {
  const before = call.txn.get(keyOfCall(call))?.metadata.resourceVersion;
  return writing(call, dryRun, () => {
    const object = write();
    return objectAnswer(call, status, dryRun ? atRevision(object, before) : object);
  });
}

function atRevision(object: KubeObject, revision: string | undefined): KubeObject {
  const { resourceVersion: _unused, ...metadata } = object.metadata;
  return { ...object, metadata: revision === undefined ? metadata : { ...metadata, resourceVersion: revision } };
}

/**
 * A body's own namespace and name must be the URL's.
 * Models EnsureObjectNamespaceMatchesRequestNamespace of registry/rest/meta.go and checkName of endpoints/handlers/rest.go.
 */
export function checkName(object: KubeObject, path: ResourcePath): void {
  const { name, namespace } = object.metadata;
  if (namespace && path.namespaced && namespace !== path.namespace) throw badRequest(NAMESPACE_MISMATCH);
  if (!name) throw badRequest(`the name of the object (${path.name} based on URL) was undeterminable: name must be provided`);
  if (name !== path.name) throw badRequest(`the name of the object (${name}) does not match the name on the URL (${path.name})`);
}
