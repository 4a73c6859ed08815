import { type Instant, parseRfc3339, toRfc3339, toRfc3339Micro } from '../../core/instant.ts';
import type { KubeObject } from '../../core/object.ts';
import type { NodeObject } from './pod.ts';

/** Models nodeStatusReportFrequency of the kubelet: conditions that do not change are reported every five minutes. */
const STATUS_REPORT_MS = 300_000;
/** Models nodeLeaseRenewIntervalFraction: a quarter of the 40 s that a lease lasts. */
const LEASE_RENEW_MS = 10_000;

export const latestBeat = (first: Instant, now: Instant, everyMs: number): Instant => (now < first ? first : now - ((now - first) % everyMs));

/** A node as read: the heartbeats of what its kubelet reports are derived, not stored. */
export function presentNode(node: NodeObject, now: Instant): NodeObject {
  const stored = node.status?.conditions;
  if (!stored?.some((c) => c.reason?.startsWith('Kubelet'))) return node;
  const conditions = stored.map((condition) => {
    const since = condition.status === 'Unknown' ? undefined : parseRfc3339(condition.lastHeartbeatTime ?? '');
    return since === undefined
      ? condition
      : {
          ...condition,
          lastHeartbeatTime: toRfc3339(latestBeat(since, now, STATUS_REPORT_MS)),
        };
  });
  return { ...node, status: { ...node.status, conditions } };
}

/** Models the retryPeriod of leader election. */
const LEADER_RENEW_MS = 2000;
const LEADERS = ['kube-controller-manager', 'kube-scheduler'];

/** How often somebody renews a lease whom nobody has to run. */
function renewedEveryMs({ metadata, spec }: KubeObject): number | undefined {
  const { namespace, name = '', labels } = metadata;
  if (namespace === 'kube-node-lease') return spec?.holderIdentity === name ? LEASE_RENEW_MS : undefined;
  if (namespace !== 'kube-system') return undefined;
  if (labels?.['apiserver.kubernetes.io/identity'] === 'kube-apiserver') return LEASE_RENEW_MS;
  return LEADERS.includes(name) && spec?.holderIdentity?.startsWith('vivakube-') ? LEADER_RENEW_MS : undefined;
}

/** A lease as read: those of kubelets, leaders and API servers are renewed all the time. */
export function presentLease(lease: KubeObject, now: Instant): KubeObject {
  const { renewTime } = lease.spec ?? {};
  const everyMs = renewedEveryMs(lease);
  if (!renewTime || everyMs === undefined) return lease;
  const first = parseRfc3339(renewTime);
  return first === undefined
    ? lease
    : {
        ...lease,
        spec: {
          ...lease.spec,
          renewTime: toRfc3339Micro(latestBeat(first, now, everyMs)),
        },
      };
}
