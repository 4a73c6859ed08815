import { type Plugin, reject } from '../framework.ts';

const NAME = 'NodePorts';
const REJECTION = reject(NAME, 'Unschedulable', "node(s) didn't have free ports for the requested pod ports");

/** Models pkg/scheduler/framework/plugins/nodeports. */
export const nodePorts: Plugin = {
  name: NAME,
  sign: ({ hostPorts }) => (hostPorts.length === 0 ? '' : JSON.stringify(hostPorts)),
  filter: ({ pod }) => {
    if (pod.hostPorts.length === 0) return undefined;
    return (node) => (pod.hostPorts.some((port) => node.conflictsWith(port)) ? REJECTION : undefined);
  },
  remedy: ({ pod }, node) => {
    const taken = pod.hostPorts.filter((port) => node.conflictsWith(port));
    const isTaken = ({ hostPort }: { hostPort?: number }): boolean => taken.some(({ port }) => port === hostPort);
    return {
      text: `ask for another host port than ${taken.map(({ port, protocol }) => `${port}/${protocol}`).join(' and ')}`,
      cost: taken.length,
      pod: (p) => ({
        ...p,
        spec: { ...p.spec, containers: p.spec.containers.map((c) => ({ ...c, ports: (c.ports ?? []).filter((port) => !isTaken(port)) })) },
      }),
    };
  },
  helpedBy: ['node-added', 'pod-removed'],
};
