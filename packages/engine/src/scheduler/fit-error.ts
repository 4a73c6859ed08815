import type { Rejection } from './framework.ts';

export const NO_NODES_MESSAGE = 'no nodes available to schedule pods';

/** The sentence of a FailedScheduling event. Models FitError.Error in pkg/scheduler/framework/types.go. */
export function fitMessage(
  nodeCount: number,
  rejected: ReadonlyMap<string, Rejection>,
  podRejection: Rejection | undefined,
  postFilterMessage: string,
): string {
  const reasons = podRejection ? podRejection.reasons.join(', ') : histogram([...rejected.values()].flatMap((r) => r.reasons)).join(', ');
  const tail = postFilterMessage === '' ? '' : ` ${postFilterMessage}`;
  return `0/${nodeCount} nodes are available:${reasons === '' ? '' : ` ${reasons}.`}${tail}`;
}

/** `2 Insufficient cpu`, sorted as texts. */
export function histogram(reasons: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, count]) => `${count} ${reason}`).sort();
}
