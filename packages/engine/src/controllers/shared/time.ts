import type { Instant } from '../../core/instant.ts';

/** The earliest of several deadlines. */
export function earliest(...instants: (Instant | undefined)[]): Instant | undefined {
  let found: Instant | undefined;
  for (const at of instants) if (at !== undefined && (found === undefined || at < found)) found = at;
  return found;
}
