import type { PodSpec, Taint, Toleration } from '@vivakube/schema/types/core.v1';
import { selectsNode } from '../../kinds/shared/node-selection.ts';
import type { NodeObject } from '../../kinds/shared/pod.ts';
import { isTolerated } from '../../kinds/shared/taints.ts';
import type { DaemonSet } from '../shared/objects.ts';

const EXISTS = (key: string, effect: 'NoExecute' | 'NoSchedule'): Toleration => ({ key: `node.kubernetes.io/${key}`, operator: 'Exists', effect });

const TOLERATED = [
  EXISTS('not-ready', 'NoExecute'),
  EXISTS('unreachable', 'NoExecute'),
  EXISTS('disk-pressure', 'NoSchedule'),
  EXISTS('memory-pressure', 'NoSchedule'),
  EXISTS('pid-pressure', 'NoSchedule'),
  EXISTS('unschedulable', 'NoSchedule'),
];

/** What daemon pods bear besides what their template says. Models AddOrUpdateDaemonPodTolerations in pkg/controller/daemon/util. */
export function daemonTolerations(spec: PodSpec | undefined): Toleration[] {
  const added = spec?.hostNetwork ? [...TOLERATED, EXISTS('network-unavailable', 'NoSchedule')] : TOLERATED;
  const own = (spec?.tolerations ?? []).filter(
    (mine) => !added.some((t) => t.key === mine.key && t.effect === mine.effect && t.operator === mine.operator && !mine.value),
  );
  return [...own, ...added];
}

export interface Eligibility {
  /** A pod is wanted on the node. */
  shouldRun: boolean;
  /** A pod that is there may stay. */
  mayStay: boolean;
}

const NO: Eligibility = { shouldRun: false, mayStay: false };

/** Worked out once for a template and a node as they are: every change of a pod asks about all nodes. */
const known = new WeakMap<object, WeakMap<NodeObject, Eligibility>>();

export function eligibility({ spec: { template } }: DaemonSet, node: NodeObject): Eligibility {
  const byNode = known.get(template) ?? new WeakMap<NodeObject, Eligibility>();
  if (!known.has(template)) known.set(template, byNode);
  const found = byNode.get(node) ?? judge(template.spec, node);
  byNode.set(node, found);
  return found;
}

/** Models nodeShouldRunDaemonPod in pkg/controller/daemon/daemon_controller.go: room on the node is left to the scheduler. */
function judge(spec: PodSpec | undefined, node: NodeObject): Eligibility {
  const name = node.metadata.name as string;
  if (spec?.nodeName && spec.nodeName !== name) return NO;
  if (spec && !selectsNode(spec, { name, labels: node.metadata.labels })) return NO;
  const tolerations = daemonTolerations(spec);
  const untolerated = (node.spec?.taints ?? []).filter((taint: Taint) => taint.effect !== 'PreferNoSchedule' && !isTolerated(taint, tolerations));
  if (untolerated.length === 0) return { shouldRun: true, mayStay: true };
  return { shouldRun: false, mayStay: !untolerated.some(({ effect }) => effect === 'NoExecute') };
}
