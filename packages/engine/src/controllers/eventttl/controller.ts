import { type Instant, parseRfc3339 } from '../../core/instant.ts';
import { EVENT_TTL_CONTROLLER } from '../../core/limits.ts';
import type { KubeObject } from '../../core/object.ts';
import { defineController, mapped } from '../../machinery/controller.ts';
import { leaseEnd } from '../../machinery/recorder.ts';
import { EVENTS } from '../shared/objects.ts';

/** When an Event was last heard of: every occurrence renews its lease. */
export function lastHeardAt({ metadata, lastTimestamp, eventTime, series }: KubeObject): Instant {
  const times = [metadata.creationTimestamp, lastTimestamp, eventTime, series?.lastObservedTime];
  return times.reduce<Instant>((latest, text) => Math.max(latest, (typeof text === 'string' ? parseRfc3339(text) : undefined) ?? 0), 0);
}

export const expiresAt = (event: KubeObject): Instant => leaseEnd(lastHeardAt(event));

/** Forgets Events, as the leases that kube-apiserver puts on them in etcd do (--event-ttl). */
export const eventTtlController = defineController({
  name: EVENT_TTL_CONTROLLER,
  component: 'kube-apiserver',
  manager: 'kube-apiserver',
  // Events of the cluster's own recorder come with their timer.
  watches: [
    mapped(EVENTS, (event, view) => (event.type !== 'DELETED' && view.timer(EVENT_TTL_CONTROLLER, event.key) === undefined ? [event.key] : [])),
  ],
  reconcile: ({ key, view, now, api }) => {
    const event = view.get(key);
    if (!event) return undefined;
    const due = expiresAt(event);
    if (due > now) return due;
    api.delete(key);
    return undefined;
  },
});
