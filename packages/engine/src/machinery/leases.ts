import type { ClusterEvent } from '../core/event.ts';
import type { Instant } from '../core/instant.ts';
import type { ObjectKey } from '../core/key.ts';
import type { Projection } from '../core/projection.ts';
import type { View } from '../core/txn.ts';
import { factsOf } from './event-facts.ts';
import { leaseOf } from './lease.ts';

const EVENTS = 'core/events/';

type Leases = Map<Instant, Set<ObjectKey>>;

function attach(leases: Leases, end: Instant, key: ObjectKey): void {
  const keys = leases.get(end);
  if (keys) keys.add(key);
  else leases.set(end, new Set([key]));
}

function detach(leases: Leases, end: Instant, key: ObjectKey): void {
  const keys = leases.get(end);
  keys?.delete(key);
  if (keys?.size === 0) leases.delete(end);
}

function apply(leases: Leases, { type, key, stored, previous }: ClusterEvent): void {
  if (!key.startsWith(EVENTS)) return;
  if (previous) detach(leases, factsOf(previous).leaseEnd, key);
  if (type !== 'DELETED') attach(leases, factsOf(stored).leaseEnd, key);
}

const leases: Projection<Leases> = {
  name: 'event-leases',
  build: (view) => {
    const found: Leases = new Map();
    for (const event of view.list('core/events')) attach(found, leaseOf(event), `${EVENTS}${event.metadata.namespace}/${event.metadata.name}`);
    return found;
  },
  apply,
};

/** Keys of the Events whose lease ends at an instant. */
export const eventsUnderLease = (view: View, end: Instant): readonly ObjectKey[] => [...(view.project(leases).get(end) ?? [])].sort();
