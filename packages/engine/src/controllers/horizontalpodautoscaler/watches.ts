import type { ClusterEvent } from '../../core/event.ts';
import { type ObjectKey, objectKey, splitKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { servicesSelecting } from '../../kinds/core/labelled/services.ts';
import { loadsByService, loadsOfPod } from '../../kinds/metrics/load.ts';
import type { PodObject } from '../../kinds/shared/pod.ts';
import type { Watch } from '../../machinery/controller.ts';
import type { Registry } from '../../machinery/registry.ts';
import type { KindName } from '../shared/objects.ts';
import { METRIC_ANNOTATION } from './sources.ts';
import { kindOf, selectsAny } from './target.ts';

export const AUTOSCALERS: KindName = { group: 'autoscaling', version: 'v2', plural: 'horizontalpodautoscalers', kind: 'HorizontalPodAutoscaler' };
const RESOURCE = 'autoscaling/horizontalpodautoscalers';
const API_SERVICES = 'apiregistration.k8s.io/apiservices';

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

/** Those whose pods it is one of, or shares the requests to a service with. */
function ofPod(event: ClusterEvent, view: View, registry: Registry): KubeObject[] {
  const after = event.stored.object as PodObject;
  const before = event.previous?.object as PodObject | undefined;
  if (event.type === 'MODIFIED' && before && samePart(before, after) && facts(before) === facts(after)) return [];
  const { namespace } = splitKey(event.key);
  const all = view.list(RESOURCE, namespace);
  const labels =
    before && before.metadata.labels !== after.metadata.labels ? [after.metadata.labels, before.metadata.labels] : [after.metadata.labels];
  const shares = sharesLoad(view, namespace, labels);
  const near = shares ? all : all.filter(({ spec }) => selectsAny(view, registry, namespace, spec?.scaleTargetRef, labels));
  const loads = [...loadsOfPod(after), ...(before ? loadsOfPod(before) : [])];
  const far = loads.flatMap(({ service }) => view.list(RESOURCE, splitKey(service).namespace));
  return far.length > 0 ? [...new Set([...near, ...far])] : near;
}

function sharesLoad(view: View, namespace: string, labels: readonly (Record<string, string> | undefined)[]): boolean {
  const loaded = loadsByService(view);
  return loaded.size > 0 && labels.some((each) => servicesSelecting(view, namespace, each).some((key) => loaded.has(key)));
}

const hasMetric = (object: KubeObject | undefined): boolean =>
  object !== undefined && Object.keys(object.metadata.annotations ?? {}).some((name) => name.startsWith(METRIC_ANNOTATION));

function ofTarget(event: ClusterEvent, view: View, registry: Registry): KubeObject[] {
  const { resource, namespace, name } = splitKey(event.key);
  // Whether there is anybody to ask.
  if (resource === API_SERVICES) return view.list(RESOURCE);
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
  except: ['core/events', RESOURCE],
  keys: (event, view, registry) => {
    if (view.list(RESOURCE).length === 0) return [];
    const woken = event.key.startsWith('core/pods/') ? ofPod(event, view, registry) : ofTarget(event, view, registry);
    return woken.map(keyOf);
  },
};
