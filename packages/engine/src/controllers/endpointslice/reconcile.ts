import { equalJson } from '../../core/json.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import type { Pod } from '../shared/objects.ts';
import { type AddressType, type Endpoint, type EndpointPort, endpointOf, endpointPorts, portsKey } from './endpoint.ts';
import { withHints } from './hints.ts';
import { serviceLabelsChanged, sliceLabels } from './labels.ts';
import { pack } from './pack.ts';
import { belongsInEndpoints, type Service } from './serving.ts';
import { zoneShares } from './topology.ts';

/** A slice as it shall be; `slice` is what it takes the place of. */
export interface WantedSlice {
  slice?: KubeObject;
  addressType: AddressType;
  ports: EndpointPort[];
  endpoints: Endpoint[];
}

export interface Plan {
  create: WantedSlice[];
  update: WantedSlice[];
  remove: KubeObject[];
  /** Pods on nodes that are not there: to be looked at again. */
  skipped: number;
  /** What became of hints by topology, where the service asks for them. */
  hinting?: { enabled: true } | { enabled: false; message: string };
}

interface Group {
  ports: EndpointPort[];
  endpoints: Endpoint[];
}

/** Models getAddressTypesForService. */
export function addressTypesOf(service: Service): AddressType[] {
  const families: string[] = service.spec.ipFamilies ?? [];
  const types = (['IPv4', 'IPv6'] as const).filter((family) => families.includes(family));
  return types.length > 0 ? types : ['IPv4'];
}

function groupByPorts(view: View, service: Service, pods: readonly Pod[], addressType: AddressType): { groups: Map<string, Group>; skipped: number } {
  const groups = new Map<string, Group>();
  let skipped = 0;
  for (const pod of pods) {
    if (!belongsInEndpoints(pod, true)) continue;
    const ports = endpointPorts(service, pod);
    const key = portsKey(ports);
    const group = groups.get(key) ?? { ports, endpoints: [] };
    groups.set(key, group);
    const node = view.get(`core/nodes//${pod.spec?.nodeName ?? ''}`);
    if (!node && !service.spec.publishNotReadyAddresses) {
      skipped++;
      continue;
    }
    const endpoint = endpointOf(pod, node, service, addressType);
    if (endpoint.addresses.length > 0) group.endpoints.push(endpoint);
  }
  return { groups, skipped };
}

const ownedBy = (slice: KubeObject, service: Service): boolean =>
  slice.metadata.ownerReferences?.some(({ uid, kind, apiVersion }) => uid === service.metadata.uid && kind === 'Service' && apiVersion === 'v1') ??
  false;

/** What is to be done about the slices of one address type. Models reconcileByAddressType. */
export function planSlices(view: View, service: Service, pods: readonly Pod[], slices: readonly KubeObject[], addressType: AddressType): Plan {
  const plan: Plan = { create: [], update: [], remove: slices.filter((slice) => !ownedBy(slice, service)), skipped: 0 };
  const { groups, skipped } = groupByPorts(view, service, pods, addressType);
  plan.skipped = skipped;
  const ours = slices.filter((slice) => ownedBy(slice, service));
  const unchanged: KubeObject[] = [];
  for (const [key, { ports, endpoints }] of groups) {
    const existing = ours.filter((slice) => portsKey(slice.ports) === key);
    const packing = pack(existing, endpoints, (slice) => serviceLabelsChanged(slice, service));
    plan.create.push(...packing.create.map((each) => ({ addressType, ports, endpoints: each })));
    plan.update.push(...packing.update.map((each) => ({ ...each, addressType, ports: each.slice.ports ?? [] })));
    plan.remove.push(...packing.remove);
    const touched = new Set([...packing.update.map(({ slice }) => slice), ...packing.remove]);
    unchanged.push(...existing.filter((slice) => !touched.has(slice)));
  }
  plan.remove.push(...ours.filter((slice) => !groups.has(portsKey(slice.ports))));
  placeholder(plan, service, slices, addressType);
  return reuse(
    withHints(plan, service, unchanged, () => zoneShares(view.list('core/nodes'))),
    service,
  );
}

/** A service without endpoints still has one slice, without any ports. */
function placeholder(plan: Plan, service: Service, slices: readonly KubeObject[], addressType: AddressType): void {
  if (slices.length !== plan.remove.length || plan.create.length > 0) return;
  const [only] = plan.remove;
  const isPlaceholder = only && (only.endpoints?.length ?? 0) === 0 && (only.ports?.length ?? 0) === 0;
  if (plan.remove.length === 1 && isPlaceholder && ownedBy(only, service) && equalJson(only.metadata.labels, sliceLabels(service))) plan.remove = [];
  else plan.create.push({ addressType, ports: [], endpoints: [] });
}

/** Instead of a removal and a creation: the slice that would go becomes the new one. Models finalize. */
function reuse(plan: Plan, service: Service): Plan {
  const create = [...plan.create];
  const update = [...plan.update];
  const remove: KubeObject[] = [];
  for (const slice of plan.remove) {
    const wanted = create[create.length - 1];
    if (wanted && ownedBy(slice, service) && slice.addressType === wanted.addressType) {
      create.pop();
      update.push({ ...wanted, slice });
    } else {
      remove.push(slice);
    }
  }
  return { ...plan, create, update, remove };
}
