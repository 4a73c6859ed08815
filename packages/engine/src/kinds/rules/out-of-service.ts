import type { NodeObject } from '../shared/pod.ts';

const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service';

export const isReady = (node: NodeObject): boolean => node.status?.conditions?.find((condition) => condition.type === 'Ready')?.status === 'True';

/** Somebody vouches for it that nothing runs on a lost node any more. */
export const isOutOfService = (node: NodeObject | undefined): boolean =>
  node !== undefined && (node.spec?.taints?.some((taint) => taint.key === OUT_OF_SERVICE) ?? false) && !isReady(node);
