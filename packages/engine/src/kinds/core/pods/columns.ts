import type { KubeObject } from '../../../core/object.ts';
import type { Column } from '../../../machinery/kind.ts';
import { ageColumn, nameColumn, text, wide } from '../../cells/standard.ts';
import type { Part } from '../../shared/fields.ts';
import { podSummary, restartsText } from './summary.ts';

function gatesText(pod: KubeObject): string {
  const gates: Part[] = pod.spec?.readinessGates ?? [];
  if (gates.length === 0) return '<none>';
  const conditions: Part[] = pod.status?.conditions ?? [];
  const passed = gates.filter((gate) => conditions.find((c) => c.type === gate.conditionType)?.status === 'True').length;
  return `${passed}/${gates.length}`;
}

const NODE =
  'NodeName indicates in which node this pod is scheduled. If empty, this pod is a candidate for scheduling by the scheduler defined in schedulerName. Once this field is set, the kubelet for this node becomes responsible for the lifecycle of this pod. This field should not be used to express a desire for the pod to be scheduled on a specific node. https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#nodename';
const NOMINATED =
  'nominatedNodeName is set only when this pod preempts other pods on the node, but it cannot be scheduled right away as preemption victims receive their graceful termination periods. This field does not guarantee that the pod will be scheduled on this node. Scheduler may decide to place the pod elsewhere if other nodes become available sooner. Scheduler may also decide to give the resources on this node to a higher priority pod that is created after preemption. As a result, this field may be different than PodSpec.nodeName when the pod is scheduled.';
const GATES =
  'If specified, all readiness gates will be evaluated for pod readiness. A pod is ready when all its containers are ready AND all conditions specified in the readiness gates have status equal to "True" More info: https://git.k8s.io/enhancements/keps/sig-network/580-pod-readiness-gates';

export const columns: Column<KubeObject>[] = [
  nameColumn,
  text('Ready', 'The aggregate readiness state of this pod for accepting traffic.', (pod) => `${podSummary(pod).ready}/${podSummary(pod).total}`),
  text('Status', 'The aggregate status of the containers in this pod.', (pod) => podSummary(pod).status),
  text(
    'Restarts',
    'The number of times the containers in this pod have been restarted and when the last container in this pod has restarted.',
    (pod, { now }) => restartsText(podSummary(pod), now),
  ),
  ageColumn,
  wide(
    text(
      'IP',
      'podIP address allocated to the pod. Routable at least within the cluster. Empty if not yet allocated.',
      (pod) => pod.status?.podIPs?.[0]?.ip || '<none>',
    ),
  ),
  wide(text('Node', NODE, (pod) => pod.spec?.nodeName || '<none>')),
  wide(text('Nominated Node', NOMINATED, (pod) => pod.status?.nominatedNodeName || '<none>')),
  wide(text('Readiness Gates', GATES, gatesText)),
];
