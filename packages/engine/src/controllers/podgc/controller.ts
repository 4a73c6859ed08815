import { type Instant, toRfc3339 } from '../../core/instant.ts';
import { objectKey, splitKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import { defineController, mapped, type Reconcile } from '../../machinery/controller.ts';
import { CONTROLLER_MANAGER, NODES, PODS } from '../shared/objects.ts';
import { beyondThreshold, FINISHED_PODS_MAX, finishedPods, isFinishedPod } from './finished.ts';
import { collectTerminating, isTerminatingKey, keysOfFailedNode, keysOfTerminatingPod } from './terminating.ts';

/** A node may only be gone for a moment. Models quarantineTime in pkg/controller/podgc/gc_controller.go. */
const QUARANTINE_MS = 40_000;
const FINISHED = 'finished';
const OUT_OF_SERVICE = 'PodGC: node is out-of-service';
const nodeKey = (name: string): string => `core/nodes//${name}`;
const memory = (key: string): string => `podgc/${key}`;

function remove({ api, now }: Reconcile, pod: KubeObject, message = 'PodGC: node no longer exists'): void {
  const key = objectKey('core/pods', pod.metadata.namespace, pod.metadata.name as string);
  if (!isFinishedPod(pod)) {
    const others = (pod.status?.conditions ?? []).filter((c: { type: string }) => c.type !== 'DisruptionTarget');
    const told = {
      type: 'DisruptionTarget',
      status: 'True',
      lastTransitionTime: toRfc3339(now),
      reason: 'DeletionByPodGC',
      message,
    };
    api.updateStatus({ ...pod, status: { ...pod.status, phase: 'Failed', conditions: [...others, told] } });
  }
  api.delete(key, { gracePeriodSeconds: 0 });
}

/** Pods of a node that does not exist, after a while. Models gcOrphaned. */
function collectOrphaned(context: Reconcile): Instant | undefined {
  const { key, view, now, api } = context;
  const pods = view.stored(key) ? [] : view.indexed('core/pods', 'node', splitKey(key).name);
  if (pods.length === 0) {
    if (view.runtime(memory(key)) !== undefined) api.setRuntime(memory(key), undefined);
    return undefined;
  }
  const missingSince = view.runtime<Instant>(memory(key)) ?? now;
  if (now < missingSince + QUARANTINE_MS) {
    if (missingSince === now) api.setRuntime(memory(key), now);
    return missingSince + QUARANTINE_MS;
  }
  for (const pod of pods) remove(context, pod);
  api.setRuntime(memory(key), undefined);
  return undefined;
}

function collectFinished({ view, api }: Reconcile): void {
  for (const { metadata } of beyondThreshold(view.list('core/pods'))) {
    api.delete(objectKey('core/pods', metadata.namespace, metadata.name as string), { gracePeriodSeconds: 0 });
  }
}

/** Models pkg/controller/podgc. */
export const podGcController = defineController({
  name: 'podgc',
  component: 'pod-garbage-collector',
  manager: CONTROLLER_MANAGER,
  watches: [
    mapped(NODES, (event) => (event.type === 'MODIFIED' ? keysOfFailedNode(event) : [event.key])),
    mapped(PODS, keysOfTerminatingPod),
    mapped(PODS, (event, view) => {
      const keys: string[] = [];
      const { spec } = event.stored.object;
      const nodeName = spec?.nodeName;
      const isNew = event.previous?.object.spec?.nodeName !== nodeName;
      if (nodeName && isNew && event.type !== 'DELETED' && !view.stored(nodeKey(nodeName))) keys.push(nodeKey(nodeName));
      if (event.type !== 'DELETED' && isFinishedPod(event.stored.object) && view.project(finishedPods).count > FINISHED_PODS_MAX) keys.push(FINISHED);
      return keys;
    }),
  ],
  reconcile: (context): Instant | undefined => {
    const { key } = context;
    if (key !== FINISHED && !isTerminatingKey(key)) return collectOrphaned(context);
    if (key === FINISHED) collectFinished(context);
    else collectTerminating(context, (pod) => remove(context, pod, OUT_OF_SERVICE));
    return undefined;
  },
});
