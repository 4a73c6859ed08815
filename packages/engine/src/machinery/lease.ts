import { hash32 } from '../core/chance.ts';
import { type Instant, parseRfc3339 } from '../core/instant.ts';
import { EVENT_LEASE_SHARED_MS, EVENT_TTL_MS } from '../core/limits.ts';
import type { KubeObject } from '../core/object.ts';
import { taskOf } from '../core/run-name.ts';

/** When an Event is forgotten that was last heard of at an instant. Models leaseManager in k8s.io/apiserver/pkg/storage/etcd3: a minute's writes share a lease. */
export const leaseEnd = (at: Instant, task?: string): Instant =>
  (Math.floor((at + EVENT_TTL_MS) / EVENT_LEASE_SHARED_MS) + 1) * EVENT_LEASE_SHARED_MS + (task === undefined ? 0 : lateMs(task));

/** The lessor revokes twice a second, what a task left when its turn comes: so none of them waits for another. */
const lateMs = (task: string): number => 1 + (hash32(task) % 999);

/** The task (a CronJob) of which an Event tells, as `namespace/name`. */
export function taskTold(namespace: string | undefined, kind: string | undefined, name = ''): string | undefined {
  const task = kind === 'CronJob' ? name : kind === 'Job' || kind === 'Pod' ? taskOf(name) : undefined;
  return task === undefined ? undefined : `${namespace}/${task}`;
}

/** Every occurrence renews the lease. */
function lastHeardAt({ metadata, lastTimestamp, eventTime, series }: KubeObject): Instant {
  const times = [metadata.creationTimestamp, lastTimestamp, eventTime, series?.lastObservedTime];
  return times.reduce<Instant>((latest, text) => Math.max(latest, (typeof text === 'string' ? parseRfc3339(text) : undefined) ?? 0), 0);
}

export const leaseOf = (event: KubeObject): Instant =>
  leaseEnd(lastHeardAt(event), taskTold(event.metadata.namespace, event.involvedObject?.kind, event.involvedObject?.name));
