import { objectKey, splitKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { defineController, mapped, type Reconcile, self } from '../../machinery/controller.ts';
import { ApiError } from '../../machinery/status.ts';
import { SERVICES } from '../shared/objects.ts';

const ADDRESSES = { group: 'networking.k8s.io', version: 'v1', plural: 'ipaddresses', kind: 'IPAddress' };
const RESOURCE = 'networking.k8s.io/ipaddresses';
const MANAGED_BY = 'ipaddress.kubernetes.io/managed-by';
const FAMILY = 'ipaddress.kubernetes.io/ip-family';
const ALLOCATOR = 'ipallocator.k8s.io';

const addressesOf = (service: KubeObject | undefined): string[] => {
  const ips: string[] = service?.spec?.clusterIPs ?? [];
  return ips.filter((ip) => ip !== 'None' && ip !== '');
};

const holderOf = (view: View, address: string): KubeObject | undefined =>
  view.indexed('core/services', 'clusterIP', address).find((service) => addressesOf(service).includes(address));

const addressFor = (address: string, { metadata }: KubeObject): KubeObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IPAddress',
  metadata: { name: address, labels: { [FAMILY]: address.includes(':') ? 'IPv6' : 'IPv4', [MANAGED_BY]: ALLOCATOR } },
  spec: { parentRef: { group: '', resource: 'services', namespace: metadata.namespace, name: metadata.name } },
});

const isFor = ({ spec }: KubeObject, { metadata }: KubeObject): boolean =>
  spec?.parentRef?.resource === 'services' && spec.parentRef.namespace === metadata.namespace && spec.parentRef.name === metadata.name;

function reconcile({ key, view, api }: Reconcile): void {
  const address = splitKey(key).name;
  const known = view.get(key);
  const holder = holderOf(view, address);
  // What somebody else has made is theirs.
  if (known && known.metadata.labels?.[MANAGED_BY] !== ALLOCATOR) return;
  if (known && (!holder || !isFor(known, holder))) api.delete(key);
  if (!holder || (known && isFor(known, holder))) return;
  try {
    api.create(RESOURCE, addressFor(address, holder));
  } catch (error) {
    // One that waits for its finalizers stands in the way until it is gone, which wakes this again.
    if (!(error instanceof ApiError && error.status.reason === 'AlreadyExists')) throw error;
  }
}

/** Every address of a Service is an object. Models pkg/registry/core/service/ipallocator and pkg/registry/core/service/ipallocator/controller. */
export const ipAddressesController = defineController({
  name: 'ipaddresses',
  component: 'ipallocator-repair-controller',
  manager: 'kube-apiserver',
  watches: [
    mapped(SERVICES, ({ stored, previous }) => [
      ...new Set([...addressesOf(stored.object), ...addressesOf(previous?.object)].map((ip) => objectKey(RESOURCE, '', ip))),
    ]),
    { ...self(ADDRESSES), types: ['DELETED'] },
  ],
  reconcile,
});
