import { type Instant, parseRfc3339 } from '../../core/instant.ts';
import type { View } from '../../core/txn.ts';
import { latestBeat } from '../../kinds/shared/heartbeat.ts';
import { type Silence, silenceKey } from '../../kinds/shared/node-fault.ts';
import type { NodeObject } from '../../kinds/shared/pod.ts';

/** --node-monitor-grace-period. */
const GRACE_MS = 50_000;
/** --node-startup-grace-period, for nodes that never reported. */
const STARTUP_GRACE_MS = 60_000;
const LEASE_RENEW_MS = 10_000;

/** When a node counts as lost if nothing is heard of it; undefined for one whose kubelet goes on reporting. */
export function lostAt(view: View, node: NodeObject): Instant | undefined {
  const name = node.metadata.name as string;
  const created = parseRfc3339(node.metadata.creationTimestamp ?? '') ?? 0;
  const renewed = parseRfc3339(view.get(`coordination.k8s.io/leases/kube-node-lease/${name}`)?.spec?.renewTime ?? '');
  if (view.runtime(`node/${name}`) !== undefined) {
    const silence = view.runtime<Silence>(silenceKey(name));
    return silence && latestBeat(renewed ?? created, silence.since, LEASE_RENEW_MS) + GRACE_MS;
  }
  const reported = (node.status?.conditions ?? []).map((c) => parseRfc3339(c.lastHeartbeatTime ?? '')).filter((at) => at !== undefined);
  const beats = renewed === undefined ? reported : [...reported, renewed];
  return beats.length === 0 ? created + STARTUP_GRACE_MS : Math.max(...beats) + GRACE_MS;
}
