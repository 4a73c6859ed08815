import { toRfc3339 } from '../../core/instant.ts';
import { objectKey, splitKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { defineController, mapped, type Reconcile, self } from '../../machinery/controller.ts';
import type { Registry } from '../../machinery/registry.ts';
import { SERVICES } from '../shared/objects.ts';

const API_SERVICES = { group: 'apiregistration.k8s.io', version: 'v1', plural: 'apiservices', kind: 'APIService' };
const SLICES = { group: 'discovery.k8s.io', version: 'v1', plural: 'endpointslices', kind: 'EndpointSlice' };
const RESOURCE = 'apiregistration.k8s.io/apiservices';
const SERVICE_NAME = 'kubernetes.io/service-name';

interface Port {
  name?: string;
  port: number;
}

interface Finding {
  status: 'True' | 'False';
  reason: string;
  message: string;
}

const lacks = (reason: string, message: string): Finding => ({ status: 'False', reason, message });

/** Models syncRemote in k8s.io/kube-aggregator/pkg/controllers/status/remote. */
function findingOf({ spec }: KubeObject, view: View, registry: Registry): Finding {
  const { namespace, name, port } = spec.service;
  const service = view.get(objectKey('core/services', namespace, name));
  const shown = `"${name}" in "${namespace}"`;
  if (!service) return lacks('ServiceNotFound', `service/${name} in "${namespace}" is not present`);
  if (service.spec.type !== 'ClusterIP') return passed;
  const wanted = ((service.spec.ports ?? []) as Port[]).find((each) => each.port === port);
  if (!wanted) return lacks('ServicePortError', `service/${name} in "${namespace}" is not listening on port ${port}`);
  const slices = view.indexed('discovery.k8s.io/endpointslices', 'service', `${namespace}/${name}`);
  if (slices.length === 0) return lacks('EndpointsNotFound', `cannot find endpointslices for service/${name} in "${namespace}"`);
  const address = readyAddress(slices, wanted.name ?? '');
  if (!address)
    return lacks(
      'MissingEndpoints',
      `endpointslices for service/${name} in "${namespace}" have no addresses with port name ${JSON.stringify(wanted.name ?? '')}`,
    );
  if (registry.kinds.some((kind) => kind.servedElsewhere && kind.group === spec.group && kind.version === spec.version)) return passed;
  const url = `https://${address}/apis/${spec.group}/${spec.version}`;
  return lacks('FailedDiscoveryCheck', `failing or missing response from ${url}: service ${shown} answers no API requests in a simulated cluster`);
}

const passed: Finding = { status: 'True', reason: 'Passed', message: 'all checks passed' };

function readyAddress(slices: readonly KubeObject[], portName: string): string | undefined {
  for (const { ports = [], endpoints = [] } of slices as unknown as {
    ports?: Port[];
    endpoints?: { addresses: string[]; conditions?: { ready?: boolean } }[];
  }[]) {
    const port = ports.find((each) => (each.name ?? '') === portName);
    const ready = endpoints.find(({ conditions }) => conditions?.ready !== false);
    if (port && ready?.addresses[0]) return `${ready.addresses[0]}:${port.port}`;
  }
  return undefined;
}

function reconcile({ key, view, now, api, registry }: Reconcile): void {
  const apiService = view.get(key);
  if (!apiService?.spec.service || apiService.metadata.deletionTimestamp) return;
  const finding = findingOf(apiService, view, registry);
  const [before] = apiService.status?.conditions ?? [];
  const lastTransitionTime = before?.status === finding.status ? before.lastTransitionTime : toRfc3339(now);
  const { status, reason, message } = finding;
  api.updateStatus({ ...apiService, status: { conditions: [{ lastTransitionTime, message, reason, status, type: 'Available' }] } });
}

const servedBy = (view: View, service: string): string[] =>
  view.indexed(RESOURCE, 'service', service).map(({ metadata }) => objectKey(RESOURCE, '', metadata.name ?? ''));

export const apiServiceAvailabilityController = defineController({
  name: 'apiserviceavailability',
  component: 'apiservice-availability-controller',
  manager: 'kube-apiserver',
  watches: [
    self(API_SERVICES),
    mapped(SERVICES, ({ key }, view) => {
      const { namespace, name } = splitKey(key);
      return servedBy(view, `${namespace}/${name}`);
    }),
    mapped(SLICES, ({ stored: { object } }, view) => servedBy(view, `${object.metadata.namespace}/${object.metadata.labels?.[SERVICE_NAME] ?? ''}`)),
  ],
  reconcile,
});
