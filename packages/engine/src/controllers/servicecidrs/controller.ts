import { toRfc3339 } from '../../core/instant.ts';
import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { SERVICE_CIDR } from '../../kinds/core/services/ranges.ts';
import { parseCidr, parseIp } from '../../kinds/shared/ip.ts';
import { defineController, mapped, type Reconcile, self } from '../../machinery/controller.ts';
import { CONTROLLER_MANAGER } from '../shared/objects.ts';

const RANGES = { group: 'networking.k8s.io', version: 'v1', plural: 'servicecidrs', kind: 'ServiceCIDR' };
const ADDRESSES = { group: 'networking.k8s.io', version: 'v1', plural: 'ipaddresses', kind: 'IPAddress' };
const RESOURCE = 'networking.k8s.io/servicecidrs';
const DEFAULT = 'kubernetes';
const FINALIZER = 'networking.k8s.io/service-cidr-finalizer';
const IN_USE = 'There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new ServiceCIDR';
const READY = 'Kubernetes Service CIDR is ready';

function holds(cidr: string, address: string): boolean {
  const [range, ip] = [parseCidr(cidr), parseIp(address)];
  if (!range || !ip || range.family !== ip.family) return false;
  const bitsEach = range.family === 4 ? 8 : 16;
  return ip.parts.every((part, i) => {
    const kept = Math.max(0, Math.min(bitsEach, range.prefixBits - i * bitsEach));
    return part >> (bitsEach - kept) === (range.parts[i] as number) >> (bitsEach - kept);
  });
}

/** Whether an address would be in no other range. Models canDeleteCIDR in pkg/controller/servicecidrs. */
function isInUse(view: View, range: KubeObject): boolean {
  const others = view.list(RESOURCE).filter(({ metadata }) => metadata.name !== range.metadata.name && !metadata.deletionTimestamp);
  const inside = ({ spec }: KubeObject, address: string): boolean => (spec?.cidrs ?? []).some((cidr: string) => holds(cidr, address));
  return view
    .list('networking.k8s.io/ipaddresses')
    .some(({ metadata: { name = '' } }) => inside(range, name) && !others.some((other) => inside(other, name)));
}

function withCondition(range: KubeObject, status: string, reason: string, message: string, at: string): KubeObject {
  const [known] = range.status?.conditions ?? [];
  if (known?.status === status && known.reason === reason) return range;
  const condition = { type: 'Ready', status, lastTransitionTime: known?.status === status ? known.lastTransitionTime : at, reason, message };
  return { ...range, status: { conditions: [condition] } };
}

// Models pkg/controller/servicecidrs and pkg/controlplane/controller/defaultservicecidr.
function reconcile({ key, view, now, api }: Reconcile): void {
  const range = view.get(key);
  if (!range) {
    if (key !== objectKey(RESOURCE, '', DEFAULT)) return;
    api.create(RESOURCE, { apiVersion: 'networking.k8s.io/v1', kind: 'ServiceCIDR', metadata: { name: DEFAULT }, spec: { cidrs: [SERVICE_CIDR] } });
    return;
  }
  const { finalizers = [], deletionTimestamp } = range.metadata;
  if (deletionTimestamp && finalizers.includes(FINALIZER)) {
    if (isInUse(view, range)) api.updateStatus(withCondition(range, 'False', 'Terminating', IN_USE, toRfc3339(now)));
    else api.update({ ...range, metadata: { ...range.metadata, finalizers: finalizers.filter((each) => each !== FINALIZER) } });
    return;
  }
  if (deletionTimestamp) return;
  if (!finalizers.includes(FINALIZER)) {
    // The write wakes this again.
    api.update({ ...range, metadata: { ...range.metadata, finalizers: [...finalizers, FINALIZER] } });
    return;
  }
  api.updateStatus(withCondition(range, 'True', '', READY, toRfc3339(now)));
}

export const serviceCidrsController = defineController({
  name: 'servicecidrs',
  component: 'service-cidr-controller',
  manager: CONTROLLER_MANAGER,
  watches: [
    self(RANGES),
    // Only ranges that wait to go are interested in what becomes free.
    {
      ...mapped(ADDRESSES, (_event, view) =>
        view.list(RESOURCE).flatMap(({ metadata }) => (metadata.deletionTimestamp ? [objectKey(RESOURCE, '', metadata.name ?? '')] : [])),
      ),
      types: ['DELETED'],
    },
  ],
  reconcile,
});
