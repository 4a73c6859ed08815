/** Models pkg/scheduler/schedule_one.go: in large clusters it is enough to find some nodes that fit. */
const NODES_TO_FIND_MIN = 100;
const PERCENT_MIN = 5;

/** @param asked what the configuration says */
export function nodesToFind(nodeCount: number, asked?: number): number {
  if (nodeCount < NODES_TO_FIND_MIN) return nodeCount;
  const percent = asked ?? Math.max(PERCENT_MIN, 50 - Math.floor(nodeCount / 125));
  return Math.max(NODES_TO_FIND_MIN, Math.floor((nodeCount * percent) / 100));
}
