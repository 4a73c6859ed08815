import { objectKey } from '../../core/key.ts';
import type { PodObject } from '../../kinds/shared/pod.ts';
import { filtersFor } from '../cycle.ts';
import type { Cycle, Rejection, Remedy } from '../framework.ts';
import { NodeInfo } from '../node-info.ts';
import { withNominated } from '../nominated.ts';
import { type PodInfo, podInfoOf } from '../pod-info.ts';
import { firstRejection } from '../ratings.ts';

/** What every plugin says of one node, not only the first that refuses. */
export interface Judgement {
  node: NodeInfo;
  rejections: Rejection[];
  remedies: Remedy[];
  /** How large the change would be after which the pod fits; infinite where nobody knows of one. */
  cost: number;
}

export function judge(cycle: Cycle): Judgement[] {
  const asked = cycle.profile.plugins.map((plugin) => ({ plugin, answer: plugin.filter?.(cycle), only: plugin.narrow?.(cycle) }));
  return cycle.cache.nodes.map((node) => {
    const rejections: Rejection[] = [];
    const remedies: Remedy[] = [];
    let cost = 0;
    for (const { plugin, answer, only } of asked) {
      const conflict = only && 'rejection' in only ? only.rejection : undefined;
      const rejection = conflict ?? (typeof answer === 'function' ? answer(node) : answer?.rejection);
      if (!rejection) continue;
      rejections.push(rejection);
      const remedy = plugin.remedy?.(cycle, node, rejection);
      cost += remedy?.cost ?? Number.POSITIVE_INFINITY;
      if (remedy) remedies.push(remedy);
    }
    return { node, rejections, remedies, cost };
  });
}

/** How many of the cheapest changes are tried out before the cheapest of all is named untested. */
const TRIED_MAX = 3;

/** The smallest change after which the pod fits somewhere, tried out where that can be done. */
export function smallestChange(cycle: Cycle, judgements: readonly Judgement[]): Judgement | undefined {
  const known = judgements.filter(({ cost, rejections }) => rejections.length > 0 && Number.isFinite(cost)).sort((a, b) => a.cost - b.cost);
  return known.slice(0, TRIED_MAX).find((judgement) => wouldFit(cycle, judgement)) ?? known[0];
}

/** Looks at the node as it would be, and asks again. */
function wouldFit({ pod, cache, view, profile }: Cycle, { node, remedies }: Judgement): boolean {
  if (remedies.some((remedy) => !remedy.pod && !remedy.node && !remedy.without)) return false;
  const goes = (other: PodInfo): boolean => remedies.some((remedy) => remedy.without?.(other));
  const changed = new NodeInfo(
    node.name,
    node.slot,
    remedies.reduce((n, remedy) => remedy.node?.(n) ?? n, node.node),
  );
  for (const other of node.pods.values()) if (!goes(other)) changed.add(other);
  const anyGoes = remedies.some((remedy) => remedy.without);
  const gone = anyGoes ? cache.nodes.flatMap(({ pods }) => [...pods.values()].filter(goes)) : [];
  changed.imaginedPods = gone.map((other) => ({ pod: other, by: -1 }));
  const wanted = podInfoOf(remedies.reduce((p, remedy) => remedy.pod?.(p) ?? p, pod.pod));
  const cycle: Cycle = { pod: wanted, cache, view, profile };
  const filters = filtersFor(cycle, profile.plugins);
  return Array.isArray(filters) && !firstRejection(changed, withNominated(cycle, filters));
}

export const podKeyOf = ({ metadata }: PodObject): string => objectKey('core/pods', metadata.namespace as string, metadata.name as string);
