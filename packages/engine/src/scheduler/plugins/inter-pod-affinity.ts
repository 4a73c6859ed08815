import type { Plugin } from '../framework.ts';
import { affinityFilter } from './affinity/filter.ts';
import { affinityRemedy } from './affinity/remedy.ts';
import { affinityScore } from './affinity/score.ts';

/** Models pkg/scheduler/framework/plugins/interpodaffinity and InterPodAffinityArgs. */
export const interPodAffinityWith = (hardPodAffinityWeight: number, ignorePreferredTermsOfExistingPods: boolean): Plugin => ({
  name: 'InterPodAffinity',
  weight: 2,
  filter: affinityFilter,
  score: (cycle, candidates, scores) => affinityScore(cycle, candidates, scores, hardPodAffinityWeight, ignorePreferredTermsOfExistingPods),
  remedy: affinityRemedy,
  helpedBy: ['node-added', 'node-labels', 'pod-added', 'pod-removed', 'pod-labels'],
});

export const interPodAffinity = interPodAffinityWith(1, false);
