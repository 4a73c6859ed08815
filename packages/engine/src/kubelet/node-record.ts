import type { Instant } from '../core/instant.ts';
import type { View } from '../core/txn.ts';
import { faultOf, silenceKey } from '../kinds/shared/node-fault.ts';
import type { NodeObject } from '../kinds/shared/pod.ts';
import { nodeKey } from './keys.ts';

/** A node that a kubelet runs on, as a sync needs it. */
export interface NodeRecord {
  name: string;
  address: string;
  podCidr: string;
  since: Instant;
  /** When it was last switched on again. */
  rebootedAt?: Instant;
}

/** undefined for nodes that somebody wrote down but that nothing runs on, and for those that nothing is heard of. */
export function nodeRecord(view: View, name: string): NodeRecord | undefined {
  const kept = view.runtime<{ since: Instant; rebootedAt?: Instant }>(nodeKey(name));
  const node = view.get(`core/nodes//${name}`) as NodeObject | undefined;
  if (!kept || !node || faultOf(node) || view.runtime(silenceKey(name)) !== undefined) return undefined;
  const address = node.status?.addresses?.find((a) => a.type === 'InternalIP')?.address ?? '';
  return {
    name,
    address,
    podCidr: node.spec?.podCIDR ?? '',
    since: kept.since,
    ...(kept.rebootedAt === undefined ? {} : { rebootedAt: kept.rebootedAt }),
  };
}
