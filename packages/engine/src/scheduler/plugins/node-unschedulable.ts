import { type Plugin, reject } from '../framework.ts';
import { textOf } from '../ratings.ts';
import { isTolerated } from './taints.ts';

const NAME = 'NodeUnschedulable';
const CORDONED = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' } as const;
const REJECTION = reject(NAME, 'UnschedulableAndUnresolvable', 'node(s) were unschedulable');

/** Cordoned nodes take only pods that tolerate it. Models pkg/scheduler/framework/plugins/nodeunschedulable. */
export const nodeUnschedulable: Plugin = {
  name: NAME,
  sign: ({ pod }) => textOf(pod.spec.tolerations),
  filter: ({ pod }) => {
    const tolerated = isTolerated(CORDONED, pod.pod.spec.tolerations ?? []);
    return tolerated ? undefined : (node) => (node.unschedulable ? REJECTION : undefined);
  },
  remedy: (_cycle, { name }) => ({
    text: `uncordon node ${name}`,
    cost: 1,
    node: (node) => ({ ...node, spec: { ...node.spec, unschedulable: false } }),
  }),
  helpedBy: ['node-added', 'node-taints'],
};
