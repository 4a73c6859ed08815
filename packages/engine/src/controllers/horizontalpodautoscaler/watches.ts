import type { ClusterEvent } from '../../core/event.ts';
import { type ObjectKey, objectKey, splitKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { loadsOfPod } from '../../kinds/metrics/load.ts';
import type { PodObject } from '../../kinds/shared/pod.ts';
import type { Watch } from '../../machinery/controller.ts';
import type { Registry } from '../../machinery/registry.ts';
import type { KindName } from '../shared/objects.ts';
import { METRIC_ANNOTATION } from './sources.ts';
import { kindOf } from './target.ts';

export const AUTOSCALERS: KindName = { group: 'autoscaling', version: 'v2', plural: 'horizontalpodautoscalers', kind: 'HorizontalPodAutoscaler' };
const RESOURCE = 'autoscaling/horizontalpodautoscalers';

const keyOf = ({ metadata }: KubeObject): ObjectKey => objectKey(RESOURCE, metadata.namespace, metadata.name as string);

/** What of a pod the autoscaler looks at. */
function facts(pod: PodObject): string {
  const { status, metadata } = pod;
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  const runs = status?.containerStatuses?.map(({ state }) => state?.running?.startedAt ?? '');
  return [metadata.deletionTimestamp !== undefined, status?.phase, ready?.status, ready?.lastTransitionTime, runs].join();
}

const samePart = (a: KubeObject, b: KubeObject): boolean =>
  a.metadata.annotations === b.metadata.annotations && a.metadata.labels === b.metadata.labels && a.spec === b.spec;

function ofPod(event: ClusterEvent, view: View): KubeObject[] {
  const after = event.stored.object as PodObject;
  const before = event.previous?.object as PodObject | undefined;
  if (event.type === 'MODIFIED' && before && samePart(before, after) && facts(before) === facts(after)) return [];
  const near = view.list(RESOURCE, splitKey(event.key).namespace);
  const loads = [...loadsOfPod(after), ...(before ? loadsOfPod(before) : [])];
  const far = loads.flatMap(({ service }) => view.list(RESOURCE, splitKey(service).namespace));
  return far.length > 0 ? [...new Set([...near, ...far])] : near;
}

const hasMetric = (object: KubeObject | undefined): boolean =>
  object !== undefined && Object.keys(object.metadata.annotations ?? {}).some((name) => name.startsWith(METRIC_ANNOTATION));

function ofTarget(event: ClusterEvent, view: View, registry: Registry): KubeObject[] {
  const { resource, namespace, name } = splitKey(event.key);
  const after = event.stored.object;
  const before = event.previous?.object;
  if (hasMetric(after) !== hasMetric(before) || (hasMetric(after) && after.metadata.annotations !== before?.metadata.annotations)) {
    return namespace === '' ? view.list(RESOURCE) : view.list(RESOURCE, namespace);
  }
  const mapping = registry.forResource(resource)?.subresources?.scale;
  if (!mapping) return [];
  if (event.type === 'MODIFIED' && before?.spec === after.spec && before?.status?.replicas === after.status?.replicas) return [];
  return view.list(RESOURCE, namespace).filter(({ spec }) => {
    const reference = spec?.scaleTargetRef;
    return reference?.name === name && kindOf(registry, reference)?.plural === resource.slice(resource.indexOf('/') + 1);
  });
}

/** Everything that an autoscaler's next look may depend on. */
export const surroundings: Watch = {
  resource: '*',
  keys: (event, view, registry) => {
    if (event.key.startsWith('core/events/') || event.key.startsWith(`${RESOURCE}/`) || view.list(RESOURCE).length === 0) return [];
    const woken = event.key.startsWith('core/pods/') ? ofPod(event, view) : ofTarget(event, view, registry);
    return woken.map(keyOf);
  },
};
