import type { Instant } from '../../core/instant.ts';
import { objectKey, splitKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import { podsSelected } from '../../kinds/core/labelled/pods.ts';
import { isEmptySelector } from '../../kinds/rules/selector.ts';
import { defineController, mapped, type Reconcile } from '../../machinery/controller.ts';
import { batchUntil, forgetBatch, putOff } from '../shared/batching.ts';
import { CONTROLLER_MANAGER, type Live, type Pod } from '../shared/objects.ts';
import { newControllerRef } from '../shared/owners.ts';
import { namespaceIsTerminating, refusal } from '../shared/refusal.ts';
import { forgetHints, tellOfHints, topologyWatch } from './hinting.ts';
import { MANAGED_BY_LABEL, SLICE_CONTROLLER, sliceLabels } from './labels.ts';
import { addressTypesOf, type Plan, planSlices, type WantedSlice } from './reconcile.ts';
import type { Service } from './serving.ts';
import { TRIGGER_TIME, triggerTime, withTriggerTime } from './trigger-time.ts';
import { ENDPOINT_SLICES, SERVICE_NAME_LABEL, SERVICES, serviceKey, servingWatches } from './watches.ts';

const NAME = 'endpointslice';
const COMPONENT = 'endpoint-slice-controller';
const RETRY_MS = 1000;

// Models pkg/controller/endpointslice and staging/src/k8s.io/endpointslice.
export const endpointSliceController = defineController({
  name: NAME,
  component: COMPONENT,
  manager: CONTROLLER_MANAGER,
  watches: [
    ...servingWatches,
    topologyWatch,
    mapped(ENDPOINT_SLICES, ({ actor, key, stored: { object } }) => {
      const name = object.metadata.labels?.[SERVICE_NAME_LABEL];
      return actor === COMPONENT || name === undefined || !isOurs(object) ? [] : [serviceKey(splitKey(key).namespace, name)];
    }),
  ],
  reconcile,
});

const isOurs = (slice: KubeObject): boolean => slice.metadata.labels?.[MANAGED_BY_LABEL] === SLICE_CONTROLLER;

const receivesEndpoints = ({ spec }: Service): boolean =>
  spec.type !== 'ExternalName' && spec.selector !== undefined && !isEmptySelector({ matchLabels: spec.selector });

function reconcile(context: Reconcile): Instant | undefined {
  const { key, view, now } = context;
  const service = view.get(key);
  if (!service || service.metadata.deletionTimestamp || !receivesEndpoints(service)) {
    forgetBatch(context, NAME);
    forgetHints(context);
    return undefined;
  }
  const namespace = service.metadata.namespace as string;
  const waiting = putOff(context, NAME);
  if (waiting !== undefined) return waiting;
  const pods = podsSelected(view, namespace, { matchLabels: service.spec.selector }) as unknown as Pod[];
  const later = batchUntil(context, NAME, pods.length);
  if (later !== undefined) return later;
  const slices = view
    .indexed('discovery.k8s.io/endpointslices', 'service', `${namespace}/${service.metadata.name}`)
    .filter((slice) => isOurs(slice) && slice.metadata.deletionTimestamp === undefined);
  const types = addressTypesOf(service);
  const plans = types.map((type) =>
    planSlices(
      view,
      service,
      pods,
      slices.filter((slice) => slice.addressType === type),
      type,
    ),
  );
  const stale = slices.filter((slice) => !types.includes(slice.addressType));
  const time = triggerTime(
    service,
    pods,
    slices.map((slice) => slice.metadata.annotations?.[TRIGGER_TIME]),
  );
  tellOfHints(context, service, plans, types);
  for (const plan of plans) write(context, service, plan, time);
  for (const slice of stale) remove(context, slice);
  return plans.some(({ skipped }) => skipped > 0) ? now + RETRY_MS : undefined;
}

function write(context: Reconcile, service: Service, plan: Plan, time: string | undefined): void {
  for (const wanted of plan.create) create(context, service, wanted, time);
  for (const wanted of plan.update) {
    const slice = wanted.slice as KubeObject;
    const annotations = withTriggerTime(slice.metadata.annotations, time);
    const metadata = { ...slice.metadata, labels: sliceLabels(service), annotations };
    context.api.update({ ...slice, metadata, ports: wanted.ports, endpoints: wanted.endpoints });
  }
  for (const slice of plan.remove) remove(context, slice);
}

function create({ api }: Reconcile, service: Service, { addressType, ports, endpoints }: WantedSlice, time: string | undefined): void {
  const { name, namespace } = service.metadata;
  const ownerReferences = [newControllerRef(service as Live<KubeObject>, SERVICES)];
  const annotations = withTriggerTime(undefined, time);
  const refused = refusal(() =>
    api.create('discovery.k8s.io/endpointslices', {
      kind: 'EndpointSlice',
      apiVersion: 'discovery.k8s.io/v1',
      metadata: { generateName: `${name}-`, namespace: namespace as string, labels: sliceLabels(service), annotations, ownerReferences },
      addressType,
      endpoints,
      ports,
    }),
  );
  if (refused && !namespaceIsTerminating(refused)) throw refused;
}

const remove = ({ api }: Reconcile, { metadata }: KubeObject): void =>
  api.delete(objectKey('discovery.k8s.io/endpointslices', metadata.namespace, metadata.name as string));
