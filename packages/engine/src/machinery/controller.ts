import type { ClusterEvent, EventType } from '../core/event.ts';
import type { Instant } from '../core/instant.ts';
import { type ObjectKey, objectKey, type ResourceName, splitKey } from '../core/key.ts';
import type { KubeObject, OwnerReference } from '../core/object.ts';
import type { View } from '../core/txn.ts';
import type { KindDefinition } from './kind.ts';
import type { Registry } from './registry.ts';

/** Which keys of a controller an event of a resource wakes. */
export interface Watch {
  /** `*` for every resource: keep `keys` cheap then. */
  resource: ResourceName;
  /** Resources that `*` leaves out. */
  except?: readonly ResourceName[];
  /** The only types of events it is asked about; all of them where none are given. */
  types?: readonly EventType[];
  keys: (event: ClusterEvent, view: View, registry: Registry) => Iterable<string>;
}

/** How controllers write: through the same path as users' requests (defaulting, admission, validation, generation, managedFields, revisions). */
export interface Api {
  /** Throws ApiError as the API server would answer (AlreadyExists, Forbidden by quota, Invalid ...). Returns the object as stored. */
  create(resource: ResourceName, object: KubeObject): KubeObject;
  /** Replaces everything but status (for kinds that have that subresource). Nothing is written where nothing changes. Unconditional unless metadata.resourceVersion differs. */
  update(object: KubeObject, subresource?: string): KubeObject;
  updateStatus(object: KubeObject): KubeObject;
  /** Marks or removes: finalizers, grace and propagation as a DELETE request. Quietly does nothing for an object that is gone. */
  delete(key: ObjectKey, options?: DeleteOptions): void;
  /** For kubelet-like components: sets something that is no API object. */
  setRuntime(key: string, value: unknown): void;
}

export interface DeleteOptions {
  gracePeriodSeconds?: number;
  propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  /** Preconditions; a mismatch throws Conflict. */
  uid?: string;
  resourceVersion?: string;
}

export interface RecordOptions {
  /** `spec.containers{nginx}` */
  fieldPath?: string;
  /** Node name, for kubelet events. */
  host?: string;
  /** Which one it is of like occurrences that come at once, from 0: many are combined and not all are told. */
  nth?: number;
  /** Overrides the controller's own component. */
  component?: string;
}

/** What a reconcile gets. */
export interface Reconcile {
  /** Usually an object key; whatever the watches map to. */
  key: string;
  view: View;
  now: Instant;
  api: Api;
  registry: Registry;
  /** Emits or counts up a core/v1 Event about an object, as client-go's recorder does. */
  record(about: KubeObject, type: 'Normal' | 'Warning', reason: string, message: string, options?: RecordOptions): void;
  /** Writes in someone else's name for the rest of this reconcile (the kubelet of a node). */
  actAs(actor: string): void;
}

/** What a controller does again and again at equal distances, each time like the last. */
export interface Loop {
  /** After this long, what happened comes again. */
  periodMs: number;
  /** What its runs have left behind; each of them is called after the object, a dash and the minute of its run, or begins with such a name. */
  members(): readonly ObjectKey[];
}

/**
 * Level-triggered: given a key, look at the state and write what is missing. Returns the instant at which to look again by itself
 * (a deadline, a back-off), or undefined to wait for events; either replaces what it returned before.
 * What it throws is isolated to the key: its writes are dropped, a back-off timer is set, other keys go on.
 */
export interface Controller {
  /** Unique; names its queue entries and timers. */
  name: string;
  /** Source component of its Events and actor of its writes, for example `deployment-controller`. */
  component: string;
  /** Field manager, for example `kube-controller-manager`. */
  manager: string;
  watches: readonly Watch[];
  reconcile(context: Reconcile): Instant | undefined | void;
  /** What a key's timer repeats, if it is between two rounds of a loop: such rounds can be left out (`leap/`). */
  loop?(key: string, view: View): Loop | undefined;
}

export const defineController = (controller: Controller): Controller => controller;

const resourceFor = (kind: Pick<KindDefinition, 'group' | 'plural'>): ResourceName => `${kind.group === '' ? 'core' : kind.group}/${kind.plural}`;

/** Wakes the controller with the key of the object itself. */
export const self = (kind: Pick<KindDefinition, 'group' | 'plural'>): Watch => ({ resource: resourceFor(kind), keys: (event) => [event.key] });

export const controllerRef = (object: KubeObject): OwnerReference | undefined => object.metadata.ownerReferences?.find((r) => r.controller === true);

/** Wakes the controller with the key of the object's controller, if that is of the given kind; before and after a change of hands. */
export const owned = (kind: Pick<KindDefinition, 'group' | 'plural'>, by: Pick<KindDefinition, 'group' | 'plural' | 'kind'>): Watch => ({
  resource: resourceFor(kind),
  keys: (event) => {
    const refs = event.stored.object.metadata.ownerReferences;
    const refsBefore = event.previous?.object.metadata.ownerReferences;
    const now = refs && ownerName(event.stored.object, by);
    const before = refs === refsBefore ? now : event.previous && ownerName(event.previous.object, by);
    if (now === undefined && before === undefined) return NO_KEYS;
    const { namespace } = splitKey(event.key);
    const woken: string[] = [];
    if (now !== undefined) woken.push(objectKey(resourceFor(by), namespace, now));
    if (before !== undefined && before !== now) woken.push(objectKey(resourceFor(by), namespace, before));
    return woken;
  },
});

const NO_KEYS: readonly string[] = [];

function ownerName(object: KubeObject, by: Pick<KindDefinition, 'group' | 'kind'>): string | undefined {
  const ref = controllerRef(object);
  return ref && ref.kind === by.kind && groupOf(ref.apiVersion) === by.group ? ref.name : undefined;
}

/** Wakes the controller with whatever keys a function finds. */
export const mapped = (kind: Pick<KindDefinition, 'group' | 'plural'>, keys: Watch['keys']): Watch => ({ resource: resourceFor(kind), keys });

export const groupOf = (apiVersion: string): string => (apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '');
