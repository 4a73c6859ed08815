import type { Cycle, Remedy } from '../../framework.ts';
import type { NodeInfo } from '../../node-info.ts';
import type { Defaults } from './constraints.ts';
import { talliesOf } from './filter.ts';

/** The label that a node would need, or the skew that would have to be allowed. */
export function spreadRemedy(cycle: Cycle, node: NodeInfo, defaults: Defaults): Remedy {
  const tallies = talliesOf(cycle, defaults);
  const unlabelled = tallies.filter(({ domains }) => (domains[node.slot] as number) < 0).map(({ constraint }) => constraint.topologyKey);
  if (unlabelled.length > 0) return { text: `label node ${node.name} with ${unlabelled.join(' and ')}`, cost: unlabelled.length };
  const wanted = new Map<string, { from: number; to: number }>();
  for (const { constraint, domains, counts, fewest, self } of tallies) {
    const skew = Math.max(0, counts[domains[node.slot] as number] as number) + self - fewest;
    if (skew > constraint.maxSkew) wanted.set(constraint.topologyKey, { from: constraint.maxSkew, to: skew });
  }
  return {
    text: [...wanted].map(([key, { from, to }]) => `raise maxSkew over ${key} from ${from} to ${to}`).join('; '),
    cost: wanted.size,
    pod: (pod) => {
      const constraints = pod.spec.topologySpreadConstraints?.map((c) => {
        const skew = c.whenUnsatisfiable === 'DoNotSchedule' ? wanted.get(c.topologyKey) : undefined;
        return skew ? { ...c, maxSkew: Math.max(c.maxSkew, skew.to) } : c;
      });
      return { ...pod, spec: { ...pod.spec, topologySpreadConstraints: constraints } };
    },
  };
}
