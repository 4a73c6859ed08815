import type { Instant } from '../core/instant.ts';
import type { Stored } from '../core/stored.ts';
import { leaseEnd, leaseOf } from './lease.ts';
import { occurrenceOf } from './occurrence.ts';

/** What others ask of a core/v1 Event. Most are asked nothing else all their life and never parsed. */
export interface EventFacts {
  readonly occurrence: string;
  /** When it is forgotten. */
  readonly leaseEnd: Instant;
}

/** Of an Event that is told of just now. */
export const factsOfNew = (occurrence: string, now: Instant, task: string | undefined): EventFacts => ({ occurrence, leaseEnd: leaseEnd(now, task) });

export function factsOf(event: Stored): EventFacts {
  event.facts ??= { occurrence: occurrenceOf(event.object), leaseEnd: leaseOf(event.object) } satisfies EventFacts;
  return event.facts as EventFacts;
}
