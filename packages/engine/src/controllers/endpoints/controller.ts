import type { Instant } from '../../core/instant.ts';
import { equalJson } from '../../core/json.ts';
import { objectKey, splitKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import { podsSelected } from '../../kinds/core/labelled/pods.ts';
import { isEmptySelector } from '../../kinds/rules/selector.ts';
import { defineController, mapped, type Reconcile } from '../../machinery/controller.ts';
import { HEADLESS_LABEL } from '../endpointslice/labels.ts';
import { hasClusterIp, type Service } from '../endpointslice/serving.ts';
import { TRIGGER_TIME, triggerTime, withTriggerTime } from '../endpointslice/trigger-time.ts';
import { ENDPOINTS, SERVICES, serviceKey, servingWatches } from '../endpointslice/watches.ts';
import { batchUntil, forgetBatch, putOff } from '../shared/batching.ts';
import { CONTROLLER_MANAGER, type Pod } from '../shared/objects.ts';
import { namespaceIsTerminating, refusal } from '../shared/refusal.ts';
import { subsetsOf } from './subsets.ts';
import { truncated } from './truncate.ts';

const NAME = 'endpoints';
const COMPONENT = 'endpoint-controller';
const MANAGED_BY_LABEL = 'endpoints.kubernetes.io/managed-by';
/** Marks the key of a service that was deleted. */
const GONE = 'gone|';
const OVER_CAPACITY = 'endpoints.kubernetes.io/over-capacity';

// Models pkg/controller/endpoint/endpoints_controller.go.
export const endpointsController = defineController({
  name: NAME,
  component: COMPONENT,
  manager: CONTROLLER_MANAGER,
  watches: [
    ...servingWatches,
    mapped(SERVICES, ({ type, key }) => (type === 'DELETED' ? [GONE + key] : [])),
    mapped(ENDPOINTS, ({ actor, key }) => {
      const { namespace, name } = splitKey(key);
      return actor === COMPONENT ? [] : [serviceKey(namespace, name)];
    }),
  ],
  reconcile,
});

/** Endpoints go with their service, whoever wrote them; without one that ever was, what users wrote stays. */
function forget({ view, api }: Reconcile, key: string): void {
  const { namespace, name } = splitKey(key);
  if (!view.get(key)) api.delete(objectKey('core/endpoints', namespace, name));
}

function reconcile(context: Reconcile): Instant | undefined {
  const { key, view, api } = context;
  if (key.startsWith(GONE)) {
    forget(context, key.slice(GONE.length));
    return undefined;
  }
  const { namespace, name } = splitKey(key);
  const service = view.get(key);
  if (!service) {
    forgetBatch(context, NAME);
    const endpoints = objectKey('core/endpoints', namespace, name);
    if (isOurs(view.get(endpoints))) api.delete(endpoints);
    return undefined;
  }
  if (service.spec.type === 'ExternalName' || service.spec.selector === undefined || isEmptySelector({ matchLabels: service.spec.selector })) {
    forgetBatch(context, NAME);
    return undefined;
  }
  const waiting = putOff(context, NAME);
  if (waiting !== undefined) return waiting;
  const pods = podsSelected(view, namespace, { matchLabels: service.spec.selector }) as unknown as Pod[];
  const later = batchUntil(context, NAME, pods.length);
  if (later !== undefined) return later;
  sync(context, service, pods);
  return undefined;
}

const isOurs = (endpoints: KubeObject | undefined): boolean => endpoints?.metadata.labels?.[MANAGED_BY_LABEL] === COMPONENT;

const labelsOf = (service: Service): Record<string, string> => {
  const { [HEADLESS_LABEL]: _headless, ...labels } = service.metadata.labels ?? {};
  return { ...labels, ...(hasClusterIp(service) ? {} : { [HEADLESS_LABEL]: '' }), [MANAGED_BY_LABEL]: COMPONENT };
};

function sync(context: Reconcile, service: Service, pods: readonly Pod[]): void {
  const { view, api } = context;
  const { namespace, name } = service.metadata;
  const current = view.get(objectKey('core/endpoints', namespace, name as string));
  const all = subsetsOf(service, pods);
  const cut = truncated(all);
  const subsets = cut ?? all;
  const labels = labelsOf(service);
  const known = current?.metadata.annotations ?? {};
  if (
    current &&
    equalJson(current.subsets ?? [], subsets) &&
    equalJson(current.metadata.labels, labels) &&
    (known[OVER_CAPACITY] !== undefined) === (cut !== undefined)
  )
    return;
  const { [OVER_CAPACITY]: _over, ...rest } = known;
  const reported = current ? [known[TRIGGER_TIME]] : [];
  const annotations = { ...withTriggerTime(rest, triggerTime(service, pods, reported)), ...(cut ? { [OVER_CAPACITY]: 'truncated' } : {}) };
  if (current) {
    api.update({ ...current, metadata: { ...current.metadata, labels, annotations }, subsets });
    return;
  }
  const refused = refusal(() =>
    api.create('core/endpoints', {
      kind: 'Endpoints',
      apiVersion: 'v1',
      metadata: { name: name as string, namespace: namespace as string, labels, annotations },
      ...(subsets.length > 0 ? { subsets } : {}),
    }),
  );
  if (refused && !namespaceIsTerminating(refused)) throw refused;
}
