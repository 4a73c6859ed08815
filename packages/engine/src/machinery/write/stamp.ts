import type { ClusterEvent } from '../../core/event.ts';
import type { KubeObject } from '../../core/object.ts';
import type { Txn } from '../../core/txn.ts';
import type { KindDefinition } from '../kind.ts';
import type { WriteContext } from '../machine.ts';

/**
 * A roll-out creates thousands of objects of one template at one instant. Defaults, admission and validation say the same of each as
 * of the first, so the others are stamped from it: they share everything by identity but their names and uids, in memory and as text.
 */
interface Stamp {
  model: KubeObject;
  /** Everything besides the spec that its outcome followed from. */
  shape: string;
  /** The last event of the transaction that is known to have changed nothing that admission looks at. */
  last: ClusterEvent | undefined;
  eventCount: number;
}

/** Of one unit of work, by the spec of the template, which its objects are given by identity. */
const stampsOf = new WeakMap<Txn, Map<object, Stamp>>();

const TEMPLATED: readonly string[] = ['kind', 'apiVersion', 'metadata', 'spec'];
/** What the creation of objects brings about, and no rule of admission for templates looks at. */
const HARMLESS: readonly string[] = ['core/pods/', 'core/events/'];

/** Whether objects like this may be stamped: a spec made by a controller and a name made by the server. */
export function isStampable({ weighs, machine, txn }: WriteContext, kind: KindDefinition, input: KubeObject): boolean {
  if (weighs || !kind.stampable || input.metadata.name || !input.metadata.generateName) return false;
  if (input.spec === null || typeof input.spec !== 'object') return false;
  for (const field of Object.keys(input)) if (!TEMPLATED.includes(field)) return false;
  return machine.admission.every((plugin) => plugin.judgesTemplates || !plugin.admit || plugin.isIdle?.(txn));
}

/** The finished object that one like this would become, but for name and uid. */
export function modelOf({ txn, manager }: WriteContext, input: KubeObject): KubeObject | undefined {
  const stamp = stampsOf.get(txn)?.get(input.spec);
  const { events } = txn;
  if (!stamp || events[stamp.eventCount - 1] !== stamp.last || stamp.shape !== shapeOf(manager, txn, input)) return undefined;
  for (let i = stamp.eventCount; i < events.length; i++) {
    const { key } = events[i] as ClusterEvent;
    if (!HARMLESS.some((prefix) => key.startsWith(prefix))) return undefined;
  }
  return note(stamp, events).model;
}

export function rememberModel({ txn, manager }: WriteContext, input: KubeObject, model: KubeObject): void {
  const stamps = stampsOf.get(txn) ?? new Map<object, Stamp>();
  stamps.set(input.spec, note({ model, shape: shapeOf(manager, txn, input), last: undefined, eventCount: 0 }, txn.events));
  stampsOf.set(txn, stamps);
}

function note(stamp: Stamp, events: readonly ClusterEvent[]): Stamp {
  stamp.eventCount = events.length;
  stamp.last = events[events.length - 1];
  return stamp;
}

const shapeOf = (manager: string, { now }: Txn, { metadata }: KubeObject): string => JSON.stringify([manager, now, metadata]);
