const text = (description: string) => ({ type: 'string', description });
const count = (description: string) => ({ type: 'integer', format: 'int32', description });
const list = (description: string, items: object) => ({ type: 'array', description, items });
const points = (description: string) => ({ type: 'object', description, additionalProperties: { type: 'integer', format: 'int64' } });

const RULING = {
  type: 'object',
  properties: {
    plugin: text('Name of the scheduler plugin.'),
    code: text('Unschedulable where removing pods might help, UnschedulableAndUnresolvable where it would not.'),
    reasons: list('What it says.', { type: 'string' }),
  },
};

/** SchedulingExplanation as OpenAPI says it, in the form that custom resources have. */
export const EXPLANATION_SCHEMA = {
  type: 'object',
  description: 'SchedulingExplanation says where a pod went and why, or what keeps it from going anywhere. It is worked out when it is read.',
  properties: {
    result: text('Scheduled, Unschedulable, WaitingForVolumes, Gated, Finished, or NotOurs for pods of other schedulers.'),
    nodeName: text('The node that the pod has, or has been promised.'),
    message: text('The sentence of the latest attempt.'),
    smallestChange: text('The smallest change after which the pod would fit a node.'),
    attempt: {
      type: 'object',
      description: 'The latest attempt to place the pod.',
      properties: {
        time: { type: 'string', format: 'date-time', description: 'When it was made.' },
        nodes: count('Nodes of the cluster at that time.'),
        evaluated: count('Nodes that were looked at.'),
        feasible: count('Nodes that the pod fitted.'),
        candidates: list('The best nodes, the chosen one first.', {
          type: 'object',
          properties: {
            node: text('Name of the node.'),
            total: { type: 'integer', format: 'int64', description: 'Weighted sum of all points.' },
            points: points('Points from 0 to 100 by plugin, before weighting.'),
          },
        }),
        weights: points('What the points of each plugin count.'),
        refusals: list('Why nodes were refused.', {
          type: 'object',
          properties: {
            ...RULING.properties,
            count: count('How many nodes.'),
            nodes: list('The first of them.', { type: 'string' }),
          },
        }),
      },
    },
    nodes: list('What each plugin has against each node at this moment; given for pods that wait, the closest nodes first.', {
      type: 'object',
      properties: {
        name: text('Name of the node.'),
        fits: { type: 'boolean', description: 'Whether no plugin has anything against it.' },
        rejections: list('What plugins have against it.', RULING),
        changes: list('What would have to change.', { type: 'string' }),
      },
    }),
  },
} as const;

const column = (name: string, jsonPath: string, more: object = {}) => ({ name, type: 'string', jsonPath, ...more });

export const EXPLANATION_COLUMNS = [
  column('Result', '.result'),
  column('Node', '.nodeName'),
  { ...column('Feasible', '.attempt.feasible'), type: 'integer' },
  { ...column('Nodes', '.attempt.nodes'), type: 'integer' },
  column('Smallest Change', '.smallestChange'),
  column('Message', '.message', { priority: 1 }),
];
