import { toRfc3339 } from '../../core/instant.ts';
import type { KubeObject } from '../../core/object.ts';
import { decodeValue } from '../decode/index.ts';
import { apiVersionOf, type KindDefinition } from '../kind.ts';
import { applyServerSide, decodeApplied } from '../managed/index.ts';
import { patchAndDecode } from '../patch/index.ts';
import type { ApiAnswer } from '../request.ts';
import { conflict, notFound } from '../status.ts';
import { createObject } from '../write/create.ts';
import { resetBy } from '../write/fields.ts';
import { updateObject } from '../write/update.ts';
import { expected, keyOfCall } from './body.ts';
import { type Call, checkName, isDryRun, managerOf, writeContext, written } from './context.ts';
import { storedOf } from './get.ts';
import { checkManager } from './manager.ts';
import { fieldValidation } from './validation.ts';

const APPLY_TYPES: readonly string[] = ['application/apply-patch+yaml', 'application/apply-patch+cbor'];

export function patch(call: Call): ApiAnswer {
  const type = (call.request.contentType ?? '').split(';')[0]?.trim() ?? '';
  return APPLY_TYPES.includes(type) ? apply(call) : change(call, type);
}

/** What is stored, in the version that is asked for. Between those of a custom resource nothing but the name changes. */
function inVersion(kind: KindDefinition, object: KubeObject): KubeObject {
  if (kind.converts) return kind.converts.from(object);
  return object.apiVersion === apiVersionOf(kind) ? object : { ...object, apiVersion: apiVersionOf(kind) };
}

/** The three dialects that change what is there. Models k8s.io/apiserver/pkg/endpoints/handlers/patch.go. */
function change(call: Call, contentType: string): ApiAnswer {
  const { kind, path, request } = call;
  checkManager(call, false);
  const current = inVersion(kind, storedOf(call).object);
  const { object, warnings } = patchAndDecode(
    {
      contentType,
      body: new TextDecoder().decode(request.body),
      current,
      definition: expected(call).definition,
      custom: kind.definition !== undefined,
    },
    expected(call),
    fieldValidation(call),
  );
  call.warnings.push(...warnings);
  checkName(object, path);
  const dryRun = isDryRun(call);
  return written(call, 200, dryRun, () => updateObject(writeContext(call, dryRun), kind, keyOfCall(call), object, { subresource: path.subresource }));
}

/** Server-side apply: creates what is not there. */
function apply(call: Call): ApiAnswer {
  const { kind, path, request, txn } = call;
  checkManager(call, true);
  const { applied, warnings } = decodeApplied(request.body, fieldValidation(call));
  call.warnings.push(...warnings);
  const exists = txn.get(keyOfCall(call)) !== undefined;
  if (!exists && path.subresource !== '') throw notFound(kind.group, kind.plural, path.name);
  const { uid } = applied.metadata;
  if (!exists && uid) {
    throw conflict(kind.group, kind.plural, path.name, `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`);
  }
  // What is there has a name already.
  if (exists && !applied.metadata.name) applied.metadata.name = path.name;
  if (kind.scope === 'Namespaced' && !applied.metadata.namespace) applied.metadata.namespace = path.namespace;
  const dryRun = isDryRun(call);
  return written(call, exists ? 200 : 201, dryRun, () => mergeConfiguration(call, applied, dryRun));
}

/** Merges an applied configuration into what is stored, or stores it. */
export function mergeConfiguration(call: Call, applied: KubeObject, dryRun: boolean): KubeObject {
  const { kind, path, request, txn } = call;
  const stored = txn.get(keyOfCall(call));
  const { object: merged, managedFields } = applyServerSide({
    live: stored && inVersion(kind, stored),
    applied,
    manager: managerOf(request),
    force: request.query.flag('force'),
    definition: expected(call).definition,
    apiVersion: apiVersionOf(kind),
    kind: kind.kind,
    time: toRfc3339(txn.now),
    subresource: path.subresource,
    ...resetBy(kind, path.subresource),
  });
  checkName(merged, path);
  const { object } = decodeValue(merged, expected(call), 'Ignore');
  const context = writeContext(call, dryRun);
  if (!stored) return createObject(context, kind, object, { namespace: path.namespace, managedFields });
  return updateObject(context, kind, keyOfCall(call), object, { subresource: path.subresource, managedFields });
}
