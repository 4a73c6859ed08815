import type { Instant } from '../core/instant.ts';
import type { ContainerState } from './state.ts';

/** The container waits, visibly; without an instant only an event can go on with it. */
export function wait(container: ContainerState, reason: string, message: string, due?: Instant): void {
  container.step = 'waiting';
  container.reason = reason;
  container.message = message;
  delete container.since;
  if (due === undefined) delete container.due;
  else container.due = due;
}
