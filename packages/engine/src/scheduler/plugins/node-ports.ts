import { type Plugin, reject } from '../framework.ts';

const NAME = 'NodePorts';
const REJECTION = reject(NAME, 'Unschedulable', "node(s) didn't have free ports for the requested pod ports");

/** Models pkg/scheduler/framework/plugins/nodeports. */
export const nodePorts: Plugin = {
  name: NAME,
  filter: ({ pod }) => {
    if (pod.hostPorts.length === 0) return undefined;
    return (node) => (pod.hostPorts.some((port) => node.conflictsWith(port)) ? REJECTION : undefined);
  },
  helpedBy: ['node-added', 'pod-removed'],
};
