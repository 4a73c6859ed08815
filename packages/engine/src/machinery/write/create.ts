import { chanceSuffix, chanceUuid } from '../../core/chance.ts';
import { toRfc3339 } from '../../core/instant.ts';
import { copyJson } from '../../core/json.ts';
import { objectKey } from '../../core/key.ts';
import { OBJECT_BYTES_MAX } from '../../core/limits.ts';
import type { KubeObject, ManagedFieldsEntry, ObjectMeta } from '../../core/object.ts';
import { type FieldError, invalidObject } from '../field.ts';
import { apiVersionOf, type KindDefinition, resourceOf } from '../kind.ts';
import type { Attributes, WriteContext } from '../machine.ts';
import { ApiError, alreadyExists, badRequest, NAMESPACE_MISMATCH } from '../status.ts';
import { admit, validateAdmission } from './admit.ts';
import { keepManagedFields, trackCreate } from './fields.ts';
import { isStampable, modelOf, rememberModel } from './stamp.ts';

export interface CreateOptions {
  namespace: string;
  /** Already computed by server-side apply. */
  managedFields?: ManagedFieldsEntry[];
  /** A client POSTs it, and may not claim that it has a past. */
  posted?: boolean;
  /** Findings of the version that was sent. */
  findings?: FieldError[];
}

// Models MaxNameLength and randomLength in k8s.io/apiserver/pkg/storage/names/generate.go.
const GENERATED_BASE_MAX = 58;
const GENERATED_TRIES = 8;

/**
 * Everything between a decoded object and its first revision.
 * Models registry/rest/create.go (BeforeCreate) and registry/generic/registry/store.go (Create) of k8s.io/apiserver.
 */
export function createObject(context: WriteContext, kind: KindDefinition, input: KubeObject, options: CreateOptions): KubeObject {
  if (kind.converts) {
    const { storage, to, validate } = kind.converts;
    return createObject(context, storage, to(input), validate ? { ...options, findings: validate(input) } : options);
  }
  if (!isStampable(context, kind, input)) return createWhole(context, kind, input, options);
  const model = modelOf(context, input);
  if (model) return stamp(context, kind, model);
  const created = createWhole(context, kind, input, options);
  rememberModel(context, input, created);
  return created;
}

function createWhole(context: WriteContext, kind: KindDefinition, input: KubeObject, options: CreateOptions): KubeObject {
  const { txn, machine } = context;
  const object = ordered(kind, copyJson(input));
  placeInNamespace(kind, object.metadata, options.namespace);
  kind.defaults?.(object);
  // What admission and the server decide from here on belongs to no manager.
  const managedFields = options.managedFields ?? trackCreate(context, kind, object);
  const attributes = attributesOf(context, kind, object);
  admit(machine, attributes);
  fillSystemMetadata(context, kind, object);
  if (kind.subresources?.status && !kind.createsWithStatus) delete object.status;
  keepManagedFields(object, managedFields);
  generateName(context, kind, object);
  kind.prepareForCreate?.(object, { view: txn, now: txn.now, seed: txn.seed });
  const key = objectKey(resourceOf(kind), object.metadata.namespace, object.metadata.name ?? '');
  const errors = [...machine.metadata.validate(object.metadata, kind), ...(kind.validate?.(object) ?? []), ...(options.findings ?? [])];
  if (errors.length > 0) throw invalidObject(kind.group, kind.kind, object.metadata.name ?? '', errors);
  validateAdmission(machine, { ...attributes, name: object.metadata.name ?? '' });
  // A dry run never reaches the storage that says so.
  if (options.posted && !context.dryRun && claimsVersion(input)) throw new ApiError(500, '', VERSION_ON_CREATE);
  if (txn.stored(key)) throw alreadyExists(kind.group, kind.plural, object.metadata.name as string);
  if (kind.warnings) context.warnings.push(...kind.warnings(object));
  if (context.weighs) checkSize(object);
  return txn.put(key, object);
}

// Models ErrResourceVersionSetOnCreate in k8s.io/apiserver/pkg/storage/errors.go, and ObjectResourceVersion, which cannot read every text.
const VERSION_ON_CREATE = 'resourceVersion should not be set on objects to be created';
const claimsVersion = ({ metadata }: KubeObject): boolean => /^\d+$/.test(metadata?.resourceVersion ?? '') && Number(metadata.resourceVersion) > 0;

/** One more object like one that was just made. Only rules that look at each object for itself are asked about it. */
function stamp(context: WriteContext, kind: KindDefinition, model: KubeObject): KubeObject {
  const { txn, machine } = context;
  const name = newName(context, kind, model.metadata);
  const object = { ...model, metadata: { ...model.metadata, name, uid: chanceUuid(txn.seed, 'uid', txn.nextRevision) } };
  const attributes = { ...attributesOf(context, kind, object), name };
  for (const plugin of machine.admission) if (!plugin.judgesTemplates) plugin.validate?.(attributes);
  return txn.put(objectKey(resourceOf(kind), object.metadata.namespace, name), object, model);
}

const attributesOf = (context: WriteContext, kind: KindDefinition, object: KubeObject): Attributes => ({
  operation: 'CREATE',
  kind,
  subresource: '',
  namespace: object.metadata.namespace ?? '',
  name: object.metadata.name ?? '',
  object,
  old: undefined,
  user: context.user,
  dryRun: context.dryRun,
  txn: context.txn,
  warnings: context.warnings,
});

/** The text of an object starts with kind and apiVersion, so that lists can leave them out of their items. */
export function ordered(kind: KindDefinition, object: KubeObject): KubeObject {
  const { kind: _kind, apiVersion: _apiVersion, metadata, ...rest } = object;
  return { kind: kind.kind, apiVersion: apiVersionOf(kind), metadata: metadata ?? {}, ...rest } as KubeObject;
}

function placeInNamespace(kind: KindDefinition, meta: ObjectMeta, namespace: string): void {
  if (kind.scope === 'Cluster') {
    delete meta.namespace;
    return;
  }
  if (meta.namespace === undefined || meta.namespace === '') meta.namespace = namespace;
  // Models EnsureObjectNamespaceMatchesRequestNamespace in registry/rest/meta.go.
  if (meta.namespace !== namespace) throw badRequest(NAMESPACE_MISMATCH);
}

function fillSystemMetadata(context: WriteContext, kind: KindDefinition, object: KubeObject): void {
  const { txn } = context;
  const { name, generateName, namespace, labels, annotations, ownerReferences, finalizers } = object.metadata;
  object.metadata = clean({
    name,
    generateName,
    namespace,
    uid: chanceUuid(txn.seed, 'uid', txn.nextRevision),
    resourceVersion: undefined,
    generation: kind.generation ? 1 : undefined,
    creationTimestamp: toRfc3339(txn.now),
    labels,
    annotations,
    ownerReferences,
    finalizers,
  });
}

function clean(meta: { [K in keyof ObjectMeta]: ObjectMeta[K] | undefined }): ObjectMeta {
  for (const key of Object.keys(meta) as (keyof ObjectMeta)[]) if (meta[key] === undefined || meta[key] === '') delete meta[key];
  return meta as ObjectMeta;
}

/** Before the kind prepares the object: jobs label their pods with the name. */
function generateName(context: WriteContext, kind: KindDefinition, object: KubeObject): void {
  const meta = object.metadata;
  if (meta.name || !meta.generateName) return;
  object.metadata = { name: newName(context, kind, meta), ...meta };
}

function newName({ txn }: WriteContext, kind: KindDefinition, { generateName = '', namespace }: ObjectMeta): string {
  const base = generateName.slice(0, GENERATED_BASE_MAX);
  for (let attempt = 0; attempt < GENERATED_TRIES; attempt++) {
    const name = base + chanceSuffix(5, txn.seed, 'name', txn.nextRevision, attempt);
    if (!txn.stored(objectKey(resourceOf(kind), namespace, name))) return name;
  }
  throw alreadyExists(kind.group, kind.plural, generateName);
}

export function checkSize(object: KubeObject): void {
  if (roughBytes(object) <= OBJECT_BYTES_MAX) return;
  const bytes = JSON.stringify(object).length;
  // Models the etcd error that kube-apiserver passes on.
  if (bytes > OBJECT_BYTES_MAX) throw new ApiError(413, 'RequestEntityTooLarge', 'etcdserver: request is too large');
}

/** An upper bound that stops counting early, so that small objects cost nothing. */
function roughBytes(value: unknown, budget = OBJECT_BYTES_MAX): number {
  if (typeof value === 'string') return value.length * 2 + 2;
  if (value === null || typeof value !== 'object') return 24;
  let total = 2;
  for (const [key, item] of Object.entries(value)) {
    total += key.length + 4 + roughBytes(item, budget - total);
    if (total > budget) return total;
  }
  return total;
}
