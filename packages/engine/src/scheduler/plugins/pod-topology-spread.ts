import type { TopologySpreadConstraint } from '@vivakube/schema/types/core.v1';
import type { Plugin } from '../framework.ts';
import { spreadFilter } from './spread/filter.ts';
import { spreadRemedy } from './spread/remedy.ts';
import { spreadScore } from './spread/score.ts';

/**
 * Models pkg/scheduler/framework/plugins/podtopologyspread.
 * @param defaults what holds for pods without constraints of their own; the system's where absent
 */
export const podTopologySpreadWith = (defaults: readonly TopologySpreadConstraint[] | undefined): Plugin => ({
  name: 'PodTopologySpread',
  weight: 2,
  filter: (cycle) => spreadFilter(cycle, defaults),
  score: (cycle, candidates, scores) => spreadScore(cycle, candidates, scores, defaults),
  remedy: (cycle, node) => spreadRemedy(cycle, node, defaults),
  helpedBy: ['node-added', 'node-removed', 'node-labels', 'node-taints', 'pod-added', 'pod-removed', 'pod-labels'],
});

export const podTopologySpread = podTopologySpreadWith(undefined);
