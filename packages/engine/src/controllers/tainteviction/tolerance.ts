import type { Taint, Toleration } from '@vivakube/schema/types/core.v1';
import type { NodeObject } from '../../kinds/shared/pod.ts';
import { tolerates } from '../../kinds/shared/taints.ts';

const NONE: readonly Taint[] = [];

export const noExecuteTaints = (node: NodeObject): readonly Taint[] => {
  const { taints } = node.spec ?? {};
  return taints?.some((taint) => taint.effect === 'NoExecute') ? taints.filter((taint) => taint.effect === 'NoExecute') : NONE;
};

/** For how long a pod stays in spite of the taints; infinite where nothing makes it go. Models getMinTolerationTime. */
export function toleratedForMs(taints: readonly Taint[], tolerations: readonly Toleration[]): number {
  let leastMs = Number.POSITIVE_INFINITY;
  for (const taint of taints) {
    const used = tolerations.filter((toleration) => tolerates(toleration, taint));
    if (used.length === 0) return 0;
    const limits = used.map((toleration) => toleration.tolerationSeconds).filter((seconds) => seconds !== undefined);
    for (const seconds of limits) leastMs = Math.min(leastMs, Math.max(0, seconds) * 1000);
  }
  return leastMs;
}
