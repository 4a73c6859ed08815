import { toRfc3339 } from '../../core/instant.ts';
import type { NodeObject } from '../../kinds/shared/pod.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import type { Starved } from './signals.ts';

interface Words {
  type: string;
  /** Reason, message and event of either state. */
  under: [reason: string, message: string, event: string];
  free: [reason: string, message: string, event: string];
}

// Models MemoryPressureCondition and DiskPressureCondition in pkg/kubelet/nodestatus/setters.go.
const WORDS: Record<Starved, Words> = {
  memory: {
    type: 'MemoryPressure',
    under: ['KubeletHasInsufficientMemory', 'kubelet has insufficient memory available', 'NodeHasInsufficientMemory'],
    free: ['KubeletHasSufficientMemory', 'kubelet has sufficient memory available', 'NodeHasSufficientMemory'],
  },
  'ephemeral-storage': {
    type: 'DiskPressure',
    under: ['KubeletHasDiskPressure', 'kubelet has disk pressure', 'NodeHasDiskPressure'],
    free: ['KubeletHasNoDiskPressure', 'kubelet has no disk pressure', 'NodeHasNoDiskPressure'],
  },
};

/** Says in the node's status whether it is short of something, and tells of the change. */
export function tellPressure({ api, now, record }: Reconcile, node: NodeObject, resource: Starved, under: boolean): NodeObject {
  const { type, ...words } = WORDS[resource];
  const [reason, message, event] = under ? words.under : words.free;
  const status = under ? 'True' : 'False';
  const conditions = node.status?.conditions ?? [];
  if (conditions.find((c) => c.type === type)?.status === status) return node;
  const time = toRfc3339(now);
  const fresh = { type, status, lastHeartbeatTime: time, lastTransitionTime: time, reason, message };
  const name = node.metadata.name as string;
  const told = api.updateStatus({ ...node, status: { ...node.status, conditions: conditions.map((c) => (c.type === type ? fresh : c)) } });
  record(told, 'Normal', event, `Node ${name} status is now: ${event}`, { host: name });
  return told as NodeObject;
}
