import type { ClusterEvent } from '../core/event.ts';
import { type Instant, parseRfc3339 } from '../core/instant.ts';
import type { ObjectKey } from '../core/key.ts';
import { EVENT_LEASE_SHARED_MS, EVENT_TTL_MS } from '../core/limits.ts';
import type { KubeObject } from '../core/object.ts';
import type { Projection } from '../core/projection.ts';
import type { View } from '../core/txn.ts';

const EVENTS = 'core/events/';

/** When an Event is forgotten that was last heard of at an instant. Models leaseManager in k8s.io/apiserver/pkg/storage/etcd3: a minute's writes share a lease. */
const leaseEnd = (at: Instant): Instant => (Math.floor((at + EVENT_TTL_MS) / EVENT_LEASE_SHARED_MS) + 1) * EVENT_LEASE_SHARED_MS;

/** Every occurrence renews the lease. */
function lastHeardAt({ metadata, lastTimestamp, eventTime, series }: KubeObject): Instant {
  const times = [metadata.creationTimestamp, lastTimestamp, eventTime, series?.lastObservedTime];
  return times.reduce<Instant>((latest, text) => Math.max(latest, (typeof text === 'string' ? parseRfc3339(text) : undefined) ?? 0), 0);
}

const ends = new WeakMap<KubeObject, Instant>();

/** An Event that was heard of just now. */
export function rememberLease(event: KubeObject, now: Instant): KubeObject {
  ends.set(event, leaseEnd(now));
  return event;
}

export const leaseOf = (event: KubeObject): Instant => ends.get(event) ?? leaseEnd(lastHeardAt(event));

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
  if (previous) detach(leases, leaseOf(previous.object), key);
  if (type !== 'DELETED') attach(leases, leaseOf(stored.object), key);
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
