/** What a kubelet says of its node. Models the setters of pkg/kubelet/nodestatus and recordNodeStatusEvent. */
export interface NodeEvent {
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
}

const normal = (reason: string, message: string): NodeEvent => ({ type: 'Normal', reason, message });
const statusEvent = (node: string, status: string): NodeEvent => normal(status, `Node ${node} status is now: ${status}`);

export const readyEvent = (node: string): NodeEvent => statusEvent(node, 'NodeReady');

export const schedulableEvent = (node: string, cordoned: boolean): NodeEvent =>
  statusEvent(node, cordoned ? 'NodeNotSchedulable' : 'NodeSchedulable');

/** Its pressures are known, for the first time or again. */
export const pressureEvents = (node: string): NodeEvent[] =>
  ['NodeHasSufficientMemory', 'NodeHasNoDiskPressure', 'NodeHasSufficientPID'].map((status) => statusEvent(node, status));

export const startEvents = (node: string): NodeEvent[] => [
  normal('Starting', 'Starting kubelet.'),
  ...pressureEvents(node),
  normal('NodeAllocatableEnforced', 'Updated Node Allocatable limit across pods'),
];

export const rebootEvent = (node: string, bootId: string): NodeEvent => ({
  type: 'Warning',
  reason: 'Rebooted',
  message: `Node ${node} has been rebooted, boot id: ${bootId}`,
});
