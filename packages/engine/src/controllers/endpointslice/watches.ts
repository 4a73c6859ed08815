import type { ClusterEvent } from '../../core/event.ts';
import { equalJson } from '../../core/json.ts';
import { type ObjectKey, objectKey, splitKey } from '../../core/key.ts';
import type { View } from '../../core/txn.ts';
import { servicesSelecting } from '../../kinds/core/labelled/services.ts';
import { mapped, self, type Watch } from '../../machinery/controller.ts';
import { type KindName, NODES, PODS, type Pod } from '../shared/objects.ts';
import { servingFacts } from './serving.ts';

export const SERVICES: KindName = { group: '', version: 'v1', plural: 'services', kind: 'Service' };
export const ENDPOINTS: KindName = { group: '', version: 'v1', plural: 'endpoints', kind: 'Endpoints' };
export const ENDPOINT_SLICES: KindName = { group: 'discovery.k8s.io', version: 'v1', plural: 'endpointslices', kind: 'EndpointSlice' };

export const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';

export const serviceKey = (namespace: string | undefined, name: string): ObjectKey => objectKey('core/services', namespace, name);

/** Services whose selector matches the pod, or matched it before this change; none where nothing changed that they care about. */
function servicesOf(event: ClusterEvent, view: View): Iterable<ObjectKey> {
  const { namespace } = splitKey(event.key);
  const after = event.stored.object as unknown as Pod;
  const before = event.previous?.object as unknown as Pod | undefined;
  if (event.type !== 'MODIFIED' || before === undefined) return servicesSelecting(view, namespace, after.metadata.labels);
  const sameLabels = equalJson(before.metadata.labels, after.metadata.labels);
  const now = servicesSelecting(view, namespace, after.metadata.labels);
  if (sameLabels) return now.length === 0 || servingFacts(before) === servingFacts(after) ? [] : now;
  return new Set([...servicesSelecting(view, namespace, before.metadata.labels), ...now]);
}

const ZONE = 'topology.kubernetes.io/zone';

function servicesOnNode(event: ClusterEvent, view: View): Iterable<ObjectKey> {
  const { name } = splitKey(event.key);
  if (event.type === 'MODIFIED' && event.previous?.object.metadata.labels?.[ZONE] === event.stored.object.metadata.labels?.[ZONE]) return [];
  const pods = view.indexed('core/pods', 'node', name);
  return new Set(pods.flatMap((pod) => servicesSelecting(view, pod.metadata.namespace as string, pod.metadata.labels)));
}

/** What both controllers of endpoints look out for. */
export const servingWatches: readonly Watch[] = [self(SERVICES), mapped(PODS, servicesOf), mapped(NODES, servicesOnNode)];
