import type { Plugin } from '../framework.ts';
import { spreadFilter } from './spread/filter.ts';
import { spreadRemedy } from './spread/remedy.ts';
import { spreadScore } from './spread/score.ts';

/** Models pkg/scheduler/framework/plugins/podtopologyspread. */
export const podTopologySpread: Plugin = {
  name: 'PodTopologySpread',
  weight: 2,
  filter: spreadFilter,
  score: spreadScore,
  remedy: spreadRemedy,
  helpedBy: ['node-added', 'node-labels', 'node-taints', 'pod-added', 'pod-removed', 'pod-labels'],
};
