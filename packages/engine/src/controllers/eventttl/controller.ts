import { type Instant, parseRfc3339 } from '../../core/instant.ts';
import { EVENT_TTL_CONTROLLER, EVENT_TTL_MS } from '../../core/limits.ts';
import type { KubeObject } from '../../core/object.ts';
import { defineController, mapped } from '../../machinery/controller.ts';
import { EVENTS } from '../shared/objects.ts';

/** When an Event was last heard of: every occurrence renews its lease. */
export function lastHeardAt({ metadata, lastTimestamp, eventTime, series }: KubeObject): Instant {
  const times = [metadata.creationTimestamp, lastTimestamp, eventTime, series?.lastObservedTime];
  return times.reduce<Instant>((latest, text) => Math.max(latest, (typeof text === 'string' ? parseRfc3339(text) : undefined) ?? 0), 0);
}

/** Leases are shared by what is written within a minute. Models leaseManager in k8s.io/apiserver/pkg/storage/etcd3. */
const LEASE_SHARED_MS = 60_000;

export const expiresAt = (event: KubeObject): Instant => (Math.floor((lastHeardAt(event) + EVENT_TTL_MS) / LEASE_SHARED_MS) + 1) * LEASE_SHARED_MS;

/** Forgets Events, as the leases that kube-apiserver puts on them in etcd do (--event-ttl). */
export const eventTtlController = defineController({
  name: EVENT_TTL_CONTROLLER,
  component: 'kube-apiserver',
  manager: 'kube-apiserver',
  // Events of the cluster's own recorder come with their timer.
  watches: [mapped(EVENTS, (event, view) => (view.timer(EVENT_TTL_CONTROLLER, event.key) === undefined ? [event.key] : []))],
  reconcile: ({ key, view, now, api }) => {
    const event = view.get(key);
    if (!event) return undefined;
    const due = expiresAt(event);
    if (due > now) return due;
    api.delete(key);
    return undefined;
  },
});
