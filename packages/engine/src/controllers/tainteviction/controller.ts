import type { ClusterEvent } from '../../core/event.ts';
import { type Instant, toRfc3339 } from '../../core/instant.ts';
import { equalJson } from '../../core/json.ts';
import { objectKey, splitKey } from '../../core/key.ts';
import type { View } from '../../core/txn.ts';
import { isFinishedPod, type NodeObject, type PodObject, withCondition } from '../../kinds/shared/pod.ts';
import { defineController, mapped, type Reconcile } from '../../machinery/controller.ts';
import { CONTROLLER_MANAGER, NODES, PODS } from '../shared/objects.ts';
import { noExecuteTaints, toleratedForMs } from './tolerance.ts';

interface Scheduled {
  uid: string;
  since: Instant;
}

const memory = (podKey: string): string => `tainteviction/${podKey}`;
const nodeOf = (view: View, name: string): NodeObject | undefined => view.get(objectKey('core/nodes', '', name)) as NodeObject | undefined;

function keysOfNode({ type, key, stored, previous }: ClusterEvent, view: View): string[] {
  if (type === 'DELETED') return [];
  const now = noExecuteTaints(stored.object as NodeObject);
  const before = previous ? noExecuteTaints(previous.object as NodeObject) : [];
  if (equalJson(now, before)) return [];
  return view
    .indexed('core/pods', 'node', splitKey(key).name)
    .map(({ metadata }) => objectKey('core/pods', metadata.namespace, metadata.name as string));
}

function keysOfPod({ type, key, stored, previous }: ClusterEvent, view: View): string[] {
  if (type === 'DELETED') return view.runtime(memory(key)) === undefined ? [] : [key];
  const { spec } = stored.object as PodObject;
  if (!spec.nodeName || spec === previous?.object.spec) return [];
  const node = nodeOf(view, spec.nodeName);
  return node && noExecuteTaints(node).length > 0 ? [key] : [];
}

/** Pods leave nodes with NoExecute taints that they do not tolerate, or not for long. Models pkg/controller/tainteviction. */
export const taintEvictionController = defineController({
  name: 'tainteviction',
  component: 'taint-eviction-controller',
  manager: CONTROLLER_MANAGER,
  watches: [mapped(NODES, keysOfNode), mapped(PODS, keysOfPod)],
  reconcile: (context): Instant | undefined => {
    const { key, view, now, api } = context;
    const pod = view.get(key) as PodObject | undefined;
    const scheduled = view.runtime<Scheduled>(memory(key));
    const node = pod?.spec.nodeName ? nodeOf(view, pod.spec.nodeName) : undefined;
    const taints = node ? noExecuteTaints(node) : [];
    const known = pod && scheduled?.uid === pod.metadata.uid ? scheduled : undefined;
    const forMs = pod && taints.length > 0 ? toleratedForMs(taints, pod.spec.tolerations ?? []) : Number.POSITIVE_INFINITY;
    if (!pod || pod.metadata.deletionTimestamp || forMs === Number.POSITIVE_INFINITY) return cancel(context, pod, known);
    const since = known?.since ?? now;
    if (since + forMs > now) {
      if (!known) api.setRuntime(memory(key), { uid: pod.metadata.uid, since });
      return since + forMs;
    }
    evict(context, pod);
    return cancel(context, undefined, known);
  },
});

function cancel({ api, view, key, record }: Reconcile, pod: PodObject | undefined, scheduled: Scheduled | undefined): undefined {
  if (view.runtime(memory(key)) !== undefined) api.setRuntime(memory(key), undefined);
  if (pod && scheduled && !pod.metadata.deletionTimestamp) {
    record(pod, 'Normal', 'TaintManagerEviction', `Cancelling deletion of Pod ${pod.metadata.namespace}/${pod.metadata.name}`);
  }
  return undefined;
}

function evict({ api, key, now, record }: Reconcile, pod: PodObject): void {
  record(pod, 'Normal', 'TaintManagerEviction', `Marking for deletion Pod ${pod.metadata.namespace}/${pod.metadata.name}`);
  if (!isFinishedPod(pod)) {
    const condition = {
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'DeletionByTaintManager',
      message: 'Taint manager: deleting due to NoExecute taint',
      observedGeneration: pod.metadata.generation ?? 0,
    };
    api.updateStatus({ ...pod, status: { ...pod.status, conditions: withCondition(pod.status?.conditions, condition, toRfc3339(now)) } });
  }
  api.delete(key);
}
