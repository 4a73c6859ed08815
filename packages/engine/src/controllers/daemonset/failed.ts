import type { Instant } from '../../core/instant.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import type { DaemonSet } from '../shared/objects.ts';

// Models the failedPodsBackoff of pkg/controller/daemon: what a node refuses again and again is not made anew without end.
const FIRST_MS = 1000;
const LONGEST_MS = 15 * 60_000;

type Entry = readonly [node: string, delayMs: number, at: Instant];

export const failedKey = (uid: string): string => `daemon-backoff/${uid}`;

const entries = ({ view }: Reconcile, set: DaemonSet): readonly Entry[] => view.runtime<readonly Entry[]>(failedKey(set.metadata.uid)) ?? [];

/** Until when failed pods of a node are left alone; undefined where one may be removed now. */
export function heldUntil(context: Reconcile, set: DaemonSet, node: string): Instant | undefined {
  const entry = entries(context, set).find(([name]) => name === node);
  if (!entry) return undefined;
  const until = entry[2] + entry[1];
  return until > context.now ? until : undefined;
}

export function noteFailure(context: Reconcile, set: DaemonSet, node: string): void {
  const { api, now } = context;
  const recent = entries(context, set).filter(([, , at]) => now - at <= 2 * LONGEST_MS);
  const known = recent.find(([name]) => name === node);
  const delayMs = known ? Math.min(LONGEST_MS, known[1] * 2) : FIRST_MS;
  api.setRuntime(failedKey(set.metadata.uid), [...recent.filter(([name]) => name !== node), [node, delayMs, now]]);
}
