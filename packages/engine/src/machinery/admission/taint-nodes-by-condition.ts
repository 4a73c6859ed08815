import type { AdmissionPlugin } from '../machine.ts';
import { isWriteOf } from './subject.ts';

const KEY = 'node.kubernetes.io/not-ready';
const EFFECT = 'NoSchedule';

/** Nothing runs on a new node before it was seen to be ready. Models plugin/pkg/admission/nodetaint. */
export const taintNodesByCondition: AdmissionPlugin = {
  name: 'TaintNodesByCondition',
  admit: (attributes) => {
    const { object } = attributes;
    if (!isWriteOf(attributes, '', 'nodes', 'CREATE') || !object) return;
    const taints: { key: string; effect: string }[] = object.spec?.taints ?? [];
    if (taints.some((taint) => taint.key === KEY && taint.effect === EFFECT)) return;
    object.spec = { ...object.spec, taints: [...taints, { key: KEY, effect: EFFECT }] };
  },
};
