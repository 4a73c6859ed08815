import type { ClusterEvent } from '../../core/event.ts';
import type { Instant } from '../../core/instant.ts';
import { equalJson } from '../../core/json.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { hasFinalizer, withFinalizer, withoutFinalizer } from '../../kinds/rules/finalizers.ts';
import { defineController, mapped, type Reconcile, self } from '../../machinery/controller.ts';
import { SERVICES } from '../shared/objects.ts';
import { addressOf, release, take } from './addresses.ts';

const CLEANUP = 'service.kubernetes.io/load-balancer-cleanup';
const GONE = 'gone|';
const CHANGED = 'changed|';
/** What a load balancer takes to be set up. */
const SETUP_MS = 2000;
const SETUP = 'loadbalancer-setup/';
const memory = (key: string): string => SETUP + key;
const waiting = (view: View): string[] => view.runtimeKeys(SETUP).map((key) => key.slice(SETUP.length));

const wanted = ({ metadata, spec }: KubeObject): boolean =>
  spec?.type === 'LoadBalancer' && !spec.loadBalancerClass && metadata.deletionTimestamp === undefined;

/** A simulated cloud: Services of type LoadBalancer get an address. Models staging/src/k8s.io/cloud-provider/controllers/service. */
export const serviceLoadBalancerController = defineController({
  name: 'serviceloadbalancer',
  component: 'service-controller',
  manager: 'cloud-controller-manager',
  watches: [
    self(SERVICES),
    mapped(SERVICES, keysOfChange),
    // An address that is free again may be what another Service waits for.
    mapped(SERVICES, ({ type, key }, view) => (type === 'DELETED' ? [GONE + key, ...waiting(view)] : [])),
  ],
  reconcile: (context): Instant | undefined => {
    const { key, view } = context;
    if (key.startsWith(GONE)) return free(context, key.slice(GONE.length));
    if (key.startsWith(CHANGED)) return tellChange(context);
    const service = view.get(key);
    if (!service) return undefined;
    return wanted(service) ? ensure(context, service) : cleanUp(context, service);
  },
});

/** What makes a load balancer have to change, with the text of it. Models needsUpdate. */
function changeOf(now: KubeObject, before: KubeObject): [reason: string, message: string] | undefined {
  const balanced = (service: KubeObject): boolean => service.spec?.type === 'LoadBalancer' && !service.spec.loadBalancerClass;
  const ranges = (service: KubeObject): string => `[${(service.spec?.loadBalancerSourceRanges ?? []).join(' ')}]`;
  if (!balanced(now) && !balanced(before)) return undefined;
  if (balanced(now) !== balanced(before)) return ['Type', `${before.spec?.type} -> ${now.spec?.type}`];
  if (ranges(now) !== ranges(before)) return ['LoadBalancerSourceRanges', `${ranges(before)} -> ${ranges(now)}`];
  const compared: [reason: string, field: string, otherwise: string | number][] = [
    ['LoadbalancerIP', 'loadBalancerIP', ''],
    ['ExternalTrafficPolicy', 'externalTrafficPolicy', ''],
    ['HealthCheckNodePort', 'healthCheckNodePort', 0],
  ];
  for (const [reason, field, otherwise] of compared) {
    const [to, from] = [now.spec?.[field] ?? otherwise, before.spec?.[field] ?? otherwise];
    if (to !== from) return [reason, `${from} -> ${to}`];
  }
  return undefined;
}

function keysOfChange({ type, key, stored, previous }: ClusterEvent): string[] {
  const change = type === 'MODIFIED' && previous ? changeOf(stored.object, previous.object) : undefined;
  return change ? [`${CHANGED}${change.join('|')}|${key}`] : [];
}

function tellChange({ view, key, record }: Reconcile): undefined {
  const [, reason = '', message = '', serviceKey = ''] = key.split('|');
  const service = view.get(serviceKey);
  if (service) record(service, 'Normal', reason, message);
  return undefined;
}

function ensure(context: Reconcile, service: KubeObject): Instant | undefined {
  const { api, view, key, now, record } = context;
  const begun = view.runtime<Instant>(memory(key));
  const held = addressOf(view, key);
  if (held !== undefined) return publish(context, service, held);
  if (begun === undefined) {
    if (!hasFinalizer(service, CLEANUP)) api.update(withFinalizer(service, CLEANUP));
    record(service, 'Normal', 'EnsuringLoadBalancer', 'Ensuring load balancer');
    api.setRuntime(memory(key), now);
  }
  const readyAt = (begun ?? now) + (view.settings.timing === 'instant' ? 0 : SETUP_MS);
  if (readyAt > now) return readyAt;
  const address = take(context, key, service.spec.loadBalancerIP);
  if (address !== undefined) {
    api.setRuntime(memory(key), undefined);
    publish(context, view.get(key) as KubeObject, address);
    record(service, 'Normal', 'EnsuredLoadBalancer', 'Ensured load balancer');
  } else if (readyAt === now) {
    record(service, 'Warning', 'SyncLoadBalancerFailed', 'Error syncing load balancer: failed to ensure load balancer: no address is free');
  }
  return undefined;
}

function publish({ api }: Reconcile, service: KubeObject, ip: string): undefined {
  const loadBalancer = { ingress: [{ ip, ipMode: 'VIP' }] };
  if (!equalJson(service.status?.loadBalancer, loadBalancer)) api.updateStatus({ ...service, status: { ...service.status, loadBalancer } });
  return undefined;
}

/** The Service is going, or is of another type by now. */
function cleanUp(context: Reconcile, service: KubeObject): undefined {
  const { api, view, key, record } = context;
  if (!hasFinalizer(service, CLEANUP)) return undefined;
  record(service, 'Normal', 'DeletingLoadBalancer', 'Deleting load balancer');
  free(context, key);
  if (service.status?.loadBalancer?.ingress) api.updateStatus({ ...service, status: { ...service.status, loadBalancer: {} } });
  record(service, 'Normal', 'DeletedLoadBalancer', 'Deleted load balancer');
  api.update(withoutFinalizer(view.get(key) as KubeObject, CLEANUP));
  return undefined;
}

function free(context: Reconcile, serviceKey: string): undefined {
  const { api, view } = context;
  release(context, serviceKey);
  if (view.runtime(memory(serviceKey)) !== undefined) api.setRuntime(memory(serviceKey), undefined);
  return undefined;
}
