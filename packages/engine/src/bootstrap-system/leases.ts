import { chanceUuid } from '../core/chance.ts';
import { type Instant, toRfc3339Micro } from '../core/instant.ts';
import type { SystemObject } from './object.ts';

const lease = (name: string, spec: object, labels?: Record<string, string>): SystemObject => ({
  resource: 'coordination.k8s.io/leases',
  object: { kind: 'Lease', apiVersion: 'coordination.k8s.io/v1', metadata: { name, namespace: 'kube-system', ...(labels ? { labels } : {}) }, spec },
});

/** Who leads, and which API servers there are. Models client-go's leader election and pkg/controlplane's apiserver identity. */
export function controlPlaneLeases(nodes: readonly string[], seed: string, now: Instant): SystemObject[] {
  const time = toRfc3339Micro(now);
  const [leader] = nodes;
  const led = ['kube-controller-manager', 'kube-scheduler'].map((component) =>
    lease(component, {
      acquireTime: time,
      holderIdentity: `${leader}_${chanceUuid(seed, 'lease', component)}`,
      leaseDurationSeconds: 15,
      leaseTransitions: 0,
      renewTime: time,
    }),
  );
  const servers = nodes.map((node) => {
    const id = `apiserver-${chanceUuid(seed, 'apiserver', node).replaceAll('-', '').slice(0, 26)}`;
    return lease(
      id,
      { holderIdentity: `${id}_${chanceUuid(seed, 'apiserver-run', node)}`, leaseDurationSeconds: 3600, renewTime: time },
      { 'apiserver.kubernetes.io/identity': 'kube-apiserver', 'kubernetes.io/hostname': node },
    );
  });
  return [...led, ...servers];
}
