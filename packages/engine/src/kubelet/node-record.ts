import type { Instant } from '../core/instant.ts';
import type { View } from '../core/txn.ts';
import type { NodeObject } from '../kinds/shared/pod.ts';
import { nodeKey } from './keys.ts';

/** A node that a kubelet runs on, as a sync needs it. */
export interface NodeRecord {
  name: string;
  address: string;
  podCidr: string;
  since: Instant;
}

/** undefined for nodes that somebody wrote down but that nothing runs on. */
export function nodeRecord(view: View, name: string): NodeRecord | undefined {
  const kept = view.runtime<{ since: Instant }>(nodeKey(name));
  const node = view.get(`core/nodes//${name}`) as NodeObject | undefined;
  if (!kept || !node) return undefined;
  const address = node.status?.addresses?.find((a) => a.type === 'InternalIP')?.address ?? '';
  return { name, address, podCidr: node.spec?.podCIDR ?? '', since: kept.since };
}
