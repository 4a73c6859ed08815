import type { Taint, Toleration } from '@vivakube/schema/types/core.v1';
import { type Plugin, reject } from '../framework.ts';
import { textOf } from '../ratings.ts';
import { normaliseDown } from './scores.ts';
import { isTolerated } from './taints.ts';

const NAME = 'TaintToleration';
const taintText = ({ key, value, effect }: Taint): string => `the taint ${key}${value ? `=${value}` : ''}:${effect}`;
const toleration = ({ key, value = '', effect }: Taint): Toleration => ({ key, operator: 'Equal', value, effect });
/** Somebody wanted the node left alone. */
const INTENT_COST = 1.5;
const REJECTION = reject(NAME, 'UnschedulableAndUnresolvable', 'node(s) had untolerated taint(s)');

/** Models pkg/scheduler/framework/plugins/tainttoleration. */
export const taintToleration: Plugin = {
  name: NAME,
  weight: 3,
  filter: ({ pod }) => {
    const tolerations = pod.pod.spec.tolerations ?? [];
    return (node) => {
      for (const taint of node.hardTaints) if (!isTolerated(taint, tolerations)) return REJECTION;
      return undefined;
    };
  },
  sign: ({ pod }) => textOf(pod.spec.tolerations),
  rate: ({ pod, cache }) => {
    if (cache.softTainted === 0) return undefined;
    const tolerations = (pod.pod.spec.tolerations ?? []).filter((t) => !t.effect || t.effect === 'PreferNoSchedule');
    return (node) => node.softTaints.reduce((n, taint) => n + (isTolerated(taint, tolerations) ? 0 : 1), 0);
  },
  normalise: normaliseDown,
  remedy: ({ pod }, { hardTaints }) => {
    const taints = hardTaints.filter((taint) => !isTolerated(taint, pod.pod.spec.tolerations ?? []));
    return {
      text: `tolerate ${taints.map(taintText).join(' and ')}`,
      cost: taints.length * INTENT_COST,
      pod: (p) => ({ ...p, spec: { ...p.spec, tolerations: [...(p.spec.tolerations ?? []), ...taints.map(toleration)] } }),
    };
  },
  helpedBy: ['node-added', 'node-taints'],
};
