import { copyChanged, equalJson } from '../../core/json.ts';
import type { ObjectKey } from '../../core/key.ts';
import type { KubeObject, ManagedFieldsEntry } from '../../core/object.ts';
import { type FieldError, invalidObject } from '../field.ts';
import type { KindContext, KindDefinition } from '../kind.ts';
import type { WriteContext } from '../machine.ts';
import { ApiError, conflict, MODIFIED_MESSAGE, notFound } from '../status.ts';
import { admit, validateAdmission } from './admit.ts';
import { checkSize, ordered } from './create.ts';
import { keepManagedFields, trackUpdated } from './fields.ts';

export interface UpdateOptions {
  /** '' for the object itself. */
  subresource: string;
  managedFields?: ManagedFieldsEntry[];
  /** What the kind by which it is written found, where it is kept as another kind's. */
  findings?: (object: KubeObject, old: KubeObject) => FieldError[];
}

/**
 * Everything between a changed object and its next revision; the stored object where nothing changed.
 * Models registry/rest/update.go (BeforeUpdate) and registry/generic/registry/store.go (Update) of k8s.io/apiserver.
 */
export function updateObject(context: WriteContext, kind: KindDefinition, key: ObjectKey, input: KubeObject, options: UpdateOptions): KubeObject {
  if (kind.converts) {
    const { storage, to, validateUpdate } = kind.converts;
    return updateObject(context, storage, key, to(input), validateUpdate ? { ...options, findings: validateUpdate } : options);
  }
  const { txn, machine } = context;
  const old = txn.get(key);
  if (!old) throw notFound(kind.group, kind.plural, input.metadata.name ?? '');
  checkPreconditions(kind, input, old);
  // A controller makes a status for this one write and has no further use for it.
  const isPassing = !context.weighs && (options.subresource === 'status' || kind.updates?.[options.subresource]?.rebuilds === true);
  const object = ordered(kind, isPassing ? input : copyChanged(input, old));
  const sameMetadata = input.metadata === old.metadata;
  if (sameMetadata) object.metadata = { ...old.metadata };
  else inheritSystemMetadata(object, old);
  if (needsDefaults(kind, object, old, options.subresource)) kind.defaults?.(object);
  // What admission changes belongs to no manager.
  keepManagedFields(object, options.managedFields ?? trackUpdated(context, kind, object, old, options.subresource));
  const attributes = {
    operation: 'UPDATE' as const,
    kind,
    subresource: options.subresource,
    namespace: old.metadata.namespace ?? '',
    name: old.metadata.name as string,
    object,
    old,
    user: context.user,
    dryRun: context.dryRun,
    txn,
    warnings: context.warnings,
  };
  admit(machine, attributes);
  const kindContext: KindContext = { view: txn, now: txn.now, seed: txn.seed };
  prepare(kind, object, old, options.subresource, kindContext);
  const errors = [
    ...(sameMetadata ? [] : machine.metadata.validateUpdate(object.metadata, old.metadata, kind)),
    ...findings(kind, object, old, options.subresource),
    ...(options.findings?.(object, old) ?? []),
  ];
  if (errors.length > 0) throw invalidObject(kind.group, kind.kind, old.metadata.name as string, errors);
  validateAdmission(machine, attributes);
  if (kind.warnings && options.subresource === '') context.warnings.push(...kind.warnings(object, old));
  if (sameButForBookkeeping(object, old)) return old;
  if (context.weighs) checkSize(object);
  if (isFinished(kind, object)) {
    const stored = txn.put(key, object);
    txn.remove(key);
    return stored;
  }
  return txn.put(key, object);
}

/** A status alone has no defaults, but for those of a custom resource's schema. */
function needsDefaults(kind: KindDefinition, object: KubeObject, old: KubeObject, subresource: string): boolean {
  if (subresource === 'status') return kind.definition !== undefined || !isStatusAlone(object, old);
  return kind.updates?.[subresource]?.rebuilds !== true;
}

const isStatusAlone = (object: KubeObject, old: KubeObject): boolean =>
  Object.keys(object).every((field) => field === 'status' || field === 'metadata' || object[field] === old[field]);

function checkPreconditions(kind: KindDefinition, input: KubeObject, old: KubeObject): void {
  const { uid, resourceVersion, name } = input.metadata;
  if (resourceVersion && !/^\d+$/.test(resourceVersion)) {
    throw new ApiError(500, '', `strconv.ParseUint: parsing ${JSON.stringify(resourceVersion)}: invalid syntax`);
  }
  if (resourceVersion && Number(resourceVersion) !== 0 && resourceVersion !== old.metadata.resourceVersion) {
    throw conflict(kind.group, kind.plural, name ?? '', MODIFIED_MESSAGE);
  }
  if (uid && uid !== old.metadata.uid) {
    throw conflict(kind.group, kind.plural, name ?? '', `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.metadata.uid}`);
  }
}

/** What only the server sets is taken over where it was left out; where it was changed, validation says so. */
function inheritSystemMetadata(object: KubeObject, old: KubeObject): void {
  const from = old.metadata;
  const { name, generateName, namespace, uid, creationTimestamp, labels, annotations, ownerReferences, finalizers, managedFields } = object.metadata;
  const meta = {
    name: name || from.name,
    generateName: generateName ?? from.generateName,
    namespace: namespace || from.namespace,
    uid: uid || from.uid,
    resourceVersion: from.resourceVersion,
    generation: from.generation,
    creationTimestamp: creationTimestamp ?? from.creationTimestamp,
    deletionTimestamp: from.deletionTimestamp,
    deletionGracePeriodSeconds: from.deletionGracePeriodSeconds,
    labels: none(labels),
    annotations: none(annotations),
    ownerReferences: ownerReferences?.length ? ownerReferences : undefined,
    finalizers: finalizers?.length ? finalizers : undefined,
    managedFields: managedFields ?? from.managedFields,
  };
  for (const key of Object.keys(meta) as (keyof typeof meta)[]) if (meta[key] === undefined) delete meta[key];
  object.metadata = meta as KubeObject['metadata'];
}

const none = (map: Record<string, string> | undefined): Record<string, string> | undefined => (map && Object.keys(map).length > 0 ? map : undefined);

function prepare(kind: KindDefinition, object: KubeObject, old: KubeObject, subresource: string, context: KindContext): void {
  if (subresource === 'status') {
    for (const field of Object.keys(object)) if (field !== 'status' && field !== 'metadata' && object[field] !== old[field]) keep(object, old, field);
    for (const field of Object.keys(old)) if (object[field] === undefined && field !== 'status') keep(object, old, field);
    // Models the status strategies: labels and annotations may change with status for most kinds, ownership and deletion may not.
    object.metadata = { ...object.metadata, ...pick(old.metadata, 'ownerReferences', 'finalizers') };
    kind.prepareForStatusUpdate?.(object, old, context);
    return;
  }
  const special = kind.updates?.[subresource];
  if (special) {
    special.prepare(object, old, context);
  } else {
    if (kind.subresources?.status) keep(object, old, 'status');
    kind.prepareForUpdate?.(object, old, context);
  }
  if (kind.generation && !special?.keepsGeneration && !sameDesire(object, old)) object.metadata.generation = (old.metadata.generation ?? 0) + 1;
}

function keep(object: KubeObject, old: KubeObject, field: string): void {
  if (old[field] === undefined) delete object[field];
  else object[field] = old[field];
}

function pick<T extends object, K extends keyof T>(from: T, ...keys: K[]): Partial<T> {
  const out: Partial<T> = {};
  for (const key of keys) out[key] = from[key];
  return out;
}

function sameDesire(object: KubeObject, old: KubeObject): boolean {
  for (const field of Object.keys({ ...object, ...old })) {
    if (field !== 'metadata' && field !== 'status' && !equalJson(object[field], old[field])) return false;
  }
  return true;
}

function findings(kind: KindDefinition, object: KubeObject, old: KubeObject, subresource: string): FieldError[] {
  if (subresource === 'status') return kind.validateStatusUpdate?.(object, old) ?? [];
  const special = kind.updates?.[subresource];
  if (special) return special.validate?.(object, old) ?? [];
  return kind.validateUpdate?.(object, old) ?? kind.validate?.(object) ?? [];
}

/** managedFields whose only news is a timestamp are no change. Models fieldmanager's skipNonApplied and the no-op check of GuaranteedUpdate. */
function sameButForBookkeeping(object: KubeObject, old: KubeObject): boolean {
  for (const field of Object.keys(object)) if (field !== 'metadata' && !equalJson(object[field], old[field])) return false;
  for (const field of Object.keys(old)) if (object[field] === undefined && old[field] !== undefined) return false;
  const { metadata: a } = object;
  const { metadata: b } = old;
  const { managedFields: managedA, ...metaA } = a;
  const { managedFields: managedB, ...metaB } = b;
  const timeless = (entries: ManagedFieldsEntry[] | undefined): unknown => entries?.map(({ time: _time, ...entry }) => entry);
  return equalJson(metaA, metaB) && (managedA === managedB || equalJson(timeless(managedA), timeless(managedB)));
}

/** An object that was only waiting for its finalizers goes with the last of them. */
function isFinished(kind: KindDefinition, object: KubeObject): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds, finalizers } = object.metadata;
  if (deletionTimestamp === undefined || (finalizers?.length ?? 0) > 0) return false;
  return (deletionGracePeriodSeconds ?? 0) === 0 && !(kind.holdsDeletion?.(object) ?? false);
}
