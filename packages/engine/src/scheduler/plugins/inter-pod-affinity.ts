import type { Plugin } from '../framework.ts';
import { affinityFilter } from './affinity/filter.ts';
import { affinityRemedy } from './affinity/remedy.ts';
import { affinityScore } from './affinity/score.ts';

/** Models pkg/scheduler/framework/plugins/interpodaffinity. */
export const interPodAffinity: Plugin = {
  name: 'InterPodAffinity',
  weight: 2,
  filter: affinityFilter,
  score: affinityScore,
  remedy: affinityRemedy,
  helpedBy: ['node-added', 'node-labels', 'pod-added', 'pod-removed', 'pod-labels'],
};
