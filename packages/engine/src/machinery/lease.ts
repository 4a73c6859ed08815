import { type Instant, parseRfc3339 } from '../core/instant.ts';
import { EVENT_LEASE_SHARED_MS, EVENT_TTL_MS } from '../core/limits.ts';
import type { KubeObject } from '../core/object.ts';

/** When an Event is forgotten that was last heard of at an instant. Models leaseManager in k8s.io/apiserver/pkg/storage/etcd3: a minute's writes share a lease. */
export const leaseEnd = (at: Instant): Instant => (Math.floor((at + EVENT_TTL_MS) / EVENT_LEASE_SHARED_MS) + 1) * EVENT_LEASE_SHARED_MS;

/** Every occurrence renews the lease. */
function lastHeardAt({ metadata, lastTimestamp, eventTime, series }: KubeObject): Instant {
  const times = [metadata.creationTimestamp, lastTimestamp, eventTime, series?.lastObservedTime];
  return times.reduce<Instant>((latest, text) => Math.max(latest, (typeof text === 'string' ? parseRfc3339(text) : undefined) ?? 0), 0);
}

export const leaseOf = (event: KubeObject): Instant => leaseEnd(lastHeardAt(event));
