import type { AffinityTerm } from '../../affinity-terms.ts';
import type { Cycle, Rejection, Remedy } from '../../framework.ts';
import type { NodeInfo } from '../../node-info.ts';
import type { PodInfo } from '../../pod-info.ts';
import { termSelects } from './terms.ts';

const NAMED_MAX = 3;

/** Who would have to be there, or to go. */
export function affinityRemedy(cycle: Cycle, node: NodeInfo, { reasons }: Rejection): Remedy {
  if (reasons.some((reason) => reason.includes('pod affinity rules'))) return company(cycle, node);
  const { pod, view } = cycle;
  const unwanted = (other: PodInfo): boolean =>
    pod.requiredAntiAffinity.some((term) => near(cycle, term, node, other) && termSelects(term, other, view));
  const unwilling = (other: PodInfo): boolean =>
    other.requiredAntiAffinity.some((term) => near(cycle, term, node, other) && termSelects(term, pod, view));
  const leaving = podsWhere(cycle, (other) => unwanted(other) || unwilling(other));
  return {
    text: `take ${listed(leaving)} away from where node ${node.name} is`,
    cost: leaving.length,
    without: (other) => leaving.includes(other),
  };
}

/** Whether a pod is in a node's domain. */
function near({ cache }: Cycle, { topologyKey }: AffinityTerm, node: NodeInfo, other: PodInfo): boolean {
  const { bySlot } = cache.domains(topologyKey);
  const theirs = cache.node(other.nodeName);
  return theirs !== undefined && (bySlot[node.slot] as number) >= 0 && bySlot[theirs.slot] === bySlot[node.slot];
}

const podsWhere = ({ cache }: Cycle, matches: (pod: PodInfo) => boolean): PodInfo[] =>
  cache.nodes.flatMap((node) => [...node.pods.values()].filter(matches));

const listed = (pods: readonly PodInfo[]): string => {
  const names = pods.slice(0, NAMED_MAX).map(({ namespace, pod }) => `${namespace}/${pod.metadata.name}`);
  return `${pods.length === 1 ? 'pod' : 'pods'} ${names.join(', ')}${pods.length > NAMED_MAX ? ` and ${pods.length - NAMED_MAX} more` : ''}`;
};

function company({ cache, pod }: Cycle, node: NodeInfo): Remedy {
  const missing = pod.requiredAffinity.filter(({ topologyKey }) => (cache.domains(topologyKey).bySlot[node.slot] as number) < 0);
  if (missing.length > 0)
    return { text: `label node ${node.name} with ${missing.map(({ topologyKey }) => topologyKey).join(' and ')}`, cost: missing.length };
  return { text: `run a pod that its pod affinity selects where node ${node.name} is, or remove that affinity`, cost: 1, pod: withoutPodAffinity };
}

const withoutPodAffinity = (pod: PodInfo['pod']): PodInfo['pod'] => ({
  ...pod,
  spec: { ...pod.spec, affinity: { ...pod.spec.affinity, podAffinity: undefined } },
});
