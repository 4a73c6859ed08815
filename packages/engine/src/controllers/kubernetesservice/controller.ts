import type { Instant } from '../../core/instant.ts';
import { equalJson } from '../../core/json.ts';
import { objectKey, type ResourceName } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { apiServerObjects, SERVER_WITHOUT_NODE } from '../../kinds/shared/api-server.ts';
import { defineController, mapped, type Reconcile, type Watch } from '../../machinery/controller.ts';
import type { KindName } from '../shared/objects.ts';
import { refusal } from '../shared/refusal.ts';

/** How often the API server looks. */
const PERIOD_MS = 10_000;
const COMPONENT = 'kube-apiserver';
const KEY = 'kubernetes';
const CONTROL_PLANE = 'node-role.kubernetes.io/control-plane';

const KINDS: readonly KindName[] = [
  { group: '', version: 'v1', plural: 'services', kind: 'Service' },
  { group: '', version: 'v1', plural: 'endpoints', kind: 'Endpoints' },
  { group: 'discovery.k8s.io', version: 'v1', plural: 'endpointslices', kind: 'EndpointSlice' },
];

/** What the API server insists on. */
const KEPT: Record<string, (object: KubeObject) => unknown> = {
  'core/services': ({ spec }) => [spec?.type, spec?.ports?.map(({ port, targetPort }: KubeObject['spec']) => [port, targetPort])],
  'core/endpoints': ({ subsets }) => subsets,
  'discovery.k8s.io/endpointslices': ({ endpoints, ports }) => [endpoints, ports],
};

interface Repair {
  resource: ResourceName;
  wanted: KubeObject;
  current: KubeObject | undefined;
}

function serversOf(view: View): string[] {
  const addresses = view
    .list('core/nodes')
    .filter(({ metadata }) => metadata.labels?.[CONTROL_PLANE] !== undefined)
    .flatMap(({ status }) => (status?.addresses ?? []) as { type: string; address: string }[])
    .filter(({ type }) => type === 'InternalIP')
    .map(({ address }) => address);
  return addresses.length > 0 ? addresses : [SERVER_WITHOUT_NODE];
}

function repairs(view: View): Repair[] {
  return apiServerObjects(serversOf(view)).flatMap(({ resource, object }) => {
    const current = view.get(objectKey(resource, 'default', KEY));
    const kept = KEPT[resource] as (object: KubeObject) => unknown;
    return current && (current.metadata.deletionTimestamp || equalJson(kept(current), kept(object))) ? [] : [{ resource, wanted: object, current }];
  });
}

function repair({ api }: Reconcile, { resource, wanted, current }: Repair): void {
  if (!current) {
    api.create(resource, wanted);
    return;
  }
  const { metadata: _metadata, kind: _kind, apiVersion: _version, spec, ...rest } = wanted;
  api.update({ ...current, ...rest, ...(spec ? { spec: { ...current.spec, type: spec.type, ports: spec.ports } } : {}) });
}

/** Puts the Service `kubernetes` and its endpoints back. Models pkg/controlplane/controller/kubernetesservice. */
function reconcile(context: Reconcile): Instant | undefined {
  const { view, now } = context;
  const needed = repairs(view);
  if (needed.length === 0) return undefined;
  const nextLook = (Math.floor(now / PERIOD_MS) + 1) * PERIOD_MS;
  if (now % PERIOD_MS !== 0 && view.settings.timing !== 'instant') return nextLook;
  for (const each of needed) if (refusal(() => repair(context, each))) return nextLook;
  return undefined;
}

const own = (kind: KindName): Watch => mapped(kind, ({ key, actor }) => (actor !== COMPONENT && key.endsWith(`/default/${KEY}`) ? [KEY] : []));

export const kubernetesServiceController = defineController({
  name: 'kubernetesservice',
  component: COMPONENT,
  manager: COMPONENT,
  watches: KINDS.map(own),
  reconcile,
});
