import { NODES_MAX } from '../../../core/limits.ts';

const quantity = { 'x-kubernetes-int-or-string': true };
const text = (description: string, more: object = {}) => ({ type: 'string', description, ...more });

/** NodePool as OpenAPI says it, in the form that custom resources have. */
export const NODE_POOL_SCHEMA = {
  type: 'object',
  description: 'NodePool is a group of simulated nodes of the same shape.',
  required: ['spec'],
  properties: {
    spec: {
      type: 'object',
      description: 'The shape of the nodes and how many there are.',
      properties: {
        count: { type: 'integer', format: 'int32', minimum: 0, maximum: NODES_MAX, default: 1, description: 'How many nodes the pool has.' },
        namePrefix: text("What the nodes' names begin with; the pool's own name and a hyphen unless it is set.", { maxLength: 50 }),
        zone: text('Value of the label topology.kubernetes.io/zone.'),
        region: text('Value of the label topology.kubernetes.io/region.'),
        architecture: text('Processor architecture of the nodes.', { enum: ['amd64', 'arm64'], default: 'amd64' }),
        labels: { type: 'object', description: 'Further labels of the nodes.', additionalProperties: { type: 'string' } },
        taints: {
          type: 'array',
          description: 'Taints of the nodes.',
          items: {
            type: 'object',
            required: ['key', 'effect'],
            properties: {
              key: text('The taint key.'),
              value: text('The taint value.'),
              effect: text('What it does to pods.', { enum: ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] }),
            },
          },
        },
        capacity: {
          type: 'object',
          description: 'Amounts of resources of one node: cpu, memory, pods, and extended resources as nvidia.com/gpu.',
          additionalProperties: quantity,
        },
        gpu: { type: 'integer', format: 'int32', minimum: 0, description: 'Devices of nvidia.com/gpu of one node.' },
      },
    },
    status: {
      type: 'object',
      description: 'What there is of the pool.',
      properties: {
        nodes: { type: 'integer', format: 'int32', description: 'Nodes that are there.' },
        readyNodes: { type: 'integer', format: 'int32', description: 'Nodes that are ready.' },
        selector: text("The pool's nodes as a label selector."),
      },
    },
  },
} as const;

const column = (name: string, type: string, jsonPath: string, more: object = {}) => ({ name, type, jsonPath, ...more });

export const NODE_POOL_COLUMNS = [
  column('Desired', 'integer', '.spec.count'),
  column('Current', 'integer', '.status.nodes'),
  column('Ready', 'integer', '.status.readyNodes'),
  column('Zone', 'string', '.spec.zone'),
  column('CPU', 'string', '.spec.capacity.cpu'),
  column('Memory', 'string', '.spec.capacity.memory'),
  column('GPU', 'integer', '.spec.gpu', { priority: 1 }),
  column('Arch', 'string', '.spec.architecture', { priority: 1 }),
  column('Age', 'date', '.metadata.creationTimestamp'),
];
