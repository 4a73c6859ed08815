import type { ClusterEvent } from '../../core/event.ts';
import { EVENT_TTL_CONTROLLER } from '../../core/limits.ts';
import type { View } from '../../core/txn.ts';
import { defineController, mapped } from '../../machinery/controller.ts';
import { factsOf } from '../../machinery/event-facts.ts';
import { eventsUnderLease } from '../../machinery/leases.ts';
import { EVENTS } from '../shared/objects.ts';

/** Events that one turn forgets; the rest have theirs at the same instant. */
const FORGOTTEN_MAX = 500;

/** The lease of an Event, by its end, unless it is already waited for. */
function leaseToWatch({ type, stored }: ClusterEvent, view: View): string[] {
  if (type === 'DELETED') return [];
  const key = String(factsOf(stored).leaseEnd);
  return view.timer(EVENT_TTL_CONTROLLER, key) === undefined ? [key] : [];
}

/** Forgets Events, as the leases that kube-apiserver puts on them in etcd do (--event-ttl). Keys are the ends of leases. */
export const eventTtlController = defineController({
  name: EVENT_TTL_CONTROLLER,
  component: 'kube-apiserver',
  manager: 'kube-apiserver',
  watches: [mapped(EVENTS, leaseToWatch)],
  reconcile: ({ key, view, now, api }) => {
    const end = Number(key);
    if (end > now) return end;
    const events = eventsUnderLease(view, end);
    for (const event of events.slice(0, FORGOTTEN_MAX)) api.delete(event);
    return events.length > FORGOTTEN_MAX ? now : undefined;
  },
});
