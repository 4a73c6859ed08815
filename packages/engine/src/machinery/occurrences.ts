import type { ClusterEvent } from '../core/event.ts';
import type { ObjectKey } from '../core/key.ts';
import type { Projection } from '../core/projection.ts';
import type { View } from '../core/txn.ts';
import { factsOf } from './event-facts.ts';
import { occurrenceOf } from './occurrence.ts';

const EVENTS = 'core/events/';

/** Which Events tell of an occurrence. Users may write several that do; the first by name is counted on. */
type Occurrences = Map<string, ObjectKey | readonly ObjectKey[]>;

const keysAt = (known: Occurrences, id: string): readonly ObjectKey[] => {
  const keys = known.get(id);
  return keys === undefined ? [] : typeof keys === 'string' ? [keys] : keys;
};

function add(known: Occurrences, id: string, key: ObjectKey): void {
  const keys = keysAt(known, id);
  if (keys.length === 0) known.set(id, key);
  else if (!keys.includes(key)) known.set(id, [...keys, key].sort());
}

function drop(known: Occurrences, id: string, key: ObjectKey): void {
  const [first, ...others] = keysAt(known, id).filter((other) => other !== key);
  if (first === undefined) known.delete(id);
  else known.set(id, others.length === 0 ? first : [first, ...others]);
}

function apply(known: Occurrences, { type, key, stored, previous }: ClusterEvent): void {
  if (!key.startsWith(EVENTS)) return;
  const before = previous && factsOf(previous).occurrence;
  const after = type === 'DELETED' ? undefined : factsOf(stored).occurrence;
  if (before === after) return;
  if (before !== undefined) drop(known, before, key);
  if (after !== undefined) add(known, after, key);
}

export const occurrences: Projection<Occurrences> = {
  name: 'occurrences',
  build: (view) => {
    const known: Occurrences = new Map();
    for (const event of view.list('core/events')) add(known, occurrenceOf(event), `${EVENTS}${event.metadata.namespace}/${event.metadata.name}`);
    return known;
  },
  apply,
};

/** The key of the Event that already tells of an occurrence. */
export const eventOf = (view: View, occurrence: string): ObjectKey | undefined => keysAt(view.project(occurrences), occurrence)[0];
