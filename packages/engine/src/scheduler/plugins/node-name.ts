import { type Plugin, reject } from '../framework.ts';

const NAME = 'NodeName';
const REJECTION = reject(NAME, 'UnschedulableAndUnresolvable', "node(s) didn't match the requested node name");

/** Models pkg/scheduler/framework/plugins/nodename. */
export const nodeName: Plugin = {
  name: NAME,
  sign: ({ nodeName }) => nodeName,
  filter: ({ pod }) => (pod.nodeName === '' ? undefined : (node) => (node.name === pod.nodeName ? undefined : REJECTION)),
  helpedBy: ['node-added'],
};
