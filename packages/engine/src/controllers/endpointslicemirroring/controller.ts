import { equalJson } from '../../core/json.ts';
import { objectKey, splitKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import { isEmptySelector } from '../../kinds/rules/selector.ts';
import { defineController, mapped, type Reconcile, self } from '../../machinery/controller.ts';
import { MANAGED_BY_LABEL } from '../endpointslice/labels.ts';
import { pack } from '../endpointslice/pack.ts';
import { ENDPOINT_SLICES, ENDPOINTS, SERVICE_NAME_LABEL, SERVICES } from '../endpointslice/watches.ts';
import { CONTROLLER_MANAGER, type Live } from '../shared/objects.ts';
import { newControllerRef } from '../shared/owners.ts';
import { namespaceIsTerminating, refusal } from '../shared/refusal.ts';
import { type Group, groupKey, MIRRORED_MAX, mirrored } from './mirrored.ts';

const COMPONENT = 'endpoint-slice-mirroring-controller';
const MIRRORING = 'endpointslicemirroring-controller.k8s.io';
const SKIP_LABEL = 'endpointslice.kubernetes.io/skip-mirror';
const LEADER_ANNOTATION = 'control-plane.alpha.kubernetes.io/leader';
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const RESOURCE = 'discovery.k8s.io/endpointslices';

const endpointsKey = (namespace: string, name: string): string => objectKey('core/endpoints', namespace, name);

/** Endpoints that users write for services without a selector reach kube-proxy as slices. Models pkg/controller/endpointslicemirroring. */
export const endpointSliceMirroringController = defineController({
  name: 'endpointslicemirroring',
  component: COMPONENT,
  manager: CONTROLLER_MANAGER,
  watches: [
    self(ENDPOINTS),
    mapped(SERVICES, ({ key }) => [endpointsKey(splitKey(key).namespace, splitKey(key).name)]),
    mapped(ENDPOINT_SLICES, ({ actor, key, stored: { object } }) => {
      const name = object.metadata.labels?.[SERVICE_NAME_LABEL];
      return actor === COMPONENT || name === undefined || !isOurs(object) ? [] : [endpointsKey(splitKey(key).namespace, name)];
    }),
  ],
  reconcile,
});

const isOurs = (slice: KubeObject): boolean => slice.metadata.labels?.[MANAGED_BY_LABEL] === MIRRORING;

/** Models shouldMirror, and that the service must be there and have no selector. */
function shouldMirror(endpoints: KubeObject | undefined, service: KubeObject | undefined): endpoints is KubeObject {
  if (!endpoints || endpoints.metadata.deletionTimestamp || !service) return false;
  const { labels = {}, annotations = {} } = endpoints.metadata;
  if (labels[SKIP_LABEL] === 'true' || annotations[LEADER_ANNOTATION] !== undefined) return false;
  return service.spec?.selector === undefined || isEmptySelector({ matchLabels: service.spec.selector });
}

function reconcile(context: Reconcile): void {
  const { key, view, api } = context;
  const { namespace, name } = splitKey(key);
  const endpoints = view.get(key);
  const slices = view
    .indexed(RESOURCE, 'service', `${namespace}/${name}`)
    .filter((slice) => isOurs(slice) && slice.metadata.deletionTimestamp === undefined);
  const wanted = shouldMirror(endpoints, view.get(objectKey('core/services', namespace, name))) ? mirrored(endpoints) : new Map<string, Group>();
  for (const [id, group] of wanted) {
    const existing = slices.filter((slice) => groupKey(slice.addressType, slice.ports) === id);
    mirror(context, endpoints as KubeObject, group, existing);
  }
  for (const slice of slices)
    if (!wanted.has(groupKey(slice.addressType, slice.ports))) api.delete(objectKey(RESOURCE, namespace, slice.metadata.name as string));
}

/** Labels and annotations are the Endpoints' own, except what says who wrote them. */
function metadataOf(endpoints: KubeObject): { labels: Record<string, string>; annotations: Record<string, string> } {
  const { [LAST_APPLIED]: _applied, ...annotations } = endpoints.metadata.annotations ?? {};
  const labels = { ...endpoints.metadata.labels, [SERVICE_NAME_LABEL]: endpoints.metadata.name as string, [MANAGED_BY_LABEL]: MIRRORING };
  return { labels, annotations };
}

function mirror({ api }: Reconcile, endpoints: KubeObject, group: Group, existing: readonly KubeObject[]): void {
  const { name, namespace } = endpoints.metadata;
  const { labels, annotations } = metadataOf(endpoints);
  const stale = (slice: KubeObject): boolean =>
    !equalJson(slice.metadata.labels, labels) || !equalJson(slice.metadata.annotations ?? {}, annotations);
  const { create, update, remove } = pack(existing, group.endpoints, stale, MIRRORED_MAX);
  for (const { slice, endpoints: list } of update) api.update({ ...slice, metadata: { ...slice.metadata, labels, annotations }, endpoints: list });
  for (const slice of remove) api.delete(objectKey(RESOURCE, namespace, slice.metadata.name as string));
  const ownerReferences = [newControllerRef(endpoints as Live<KubeObject>, ENDPOINTS)];
  for (const list of create) {
    const metadata = { generateName: `${name}-`, namespace: namespace as string, labels, annotations, ownerReferences };
    const slice = {
      kind: 'EndpointSlice',
      apiVersion: 'discovery.k8s.io/v1',
      metadata,
      addressType: group.addressType,
      endpoints: list,
      ports: group.ports,
    };
    const refused = refusal(() => api.create(RESOURCE, slice));
    if (refused && !namespaceIsTerminating(refused)) throw refused;
  }
}
