import type { NodeSelector, PreferredSchedulingTerm } from '@vivakube/schema/types/core.v1';
import { type Plugin, reject } from '../framework.ts';
import { textOf } from '../ratings.ts';
import { selectionRemedy } from './node-affinity-remedy.ts';
import { namesAskedFor, nodeSelectorMatches, selectsNode, termMatches } from './node-selection.ts';
import { normaliseUp } from './scores.ts';

const NAME = 'NodeAffinity';
const REJECTION = reject(NAME, 'UnschedulableAndUnresolvable', "node(s) didn't match Pod's node affinity/selector");

const CONFLICT = reject(NAME, 'UnschedulableAndUnresolvable', 'pod affinity terms conflict');

const ENFORCED = reject(NAME, 'UnschedulableAndUnresolvable', "node(s) didn't match scheduler-enforced node affinity");

/** Models NodeAffinityArgs: what every pod of a profile asks for besides. */
export interface AddedAffinity {
  required?: NodeSelector | undefined;
  preferred?: readonly PreferredSchedulingTerm[];
}

/** nodeSelector and node affinity. Models pkg/scheduler/framework/plugins/nodeaffinity. */
export const nodeAffinityWith = ({ required: enforced, preferred: added = [] }: AddedAffinity): Plugin => ({
  name: NAME,
  weight: 2,
  narrow: ({ pod }) => {
    const required = pod.pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
    const names = required && namesAskedFor(required);
    return names?.size === 0 ? { rejection: CONFLICT } : names;
  },
  filter: ({ pod }) => {
    const { spec } = pod.pod;
    const asks = spec.nodeSelector !== undefined || spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution !== undefined;
    if (!enforced) return asks ? (node) => (selectsNode(spec, node) ? undefined : REJECTION) : undefined;
    return (node) => (nodeSelectorMatches(enforced, node) ? (selectsNode(spec, node) ? undefined : REJECTION) : ENFORCED);
  },
  sign: ({ pod: { spec } }) => `${textOf(spec.nodeSelector)}|${textOf(spec.affinity?.nodeAffinity)}`,
  rate: ({ pod }) => {
    const own = pod.pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    const preferred = added.length > 0 ? [...added, ...own] : own;
    if (preferred.length === 0) return undefined;
    return (node) => preferred.reduce((sum, p) => sum + (termMatches(p.preference, node) ? p.weight : 0), 0);
  },
  normalise: normaliseUp,
  remedy: (cycle, node) => selectionRemedy(cycle.pod.pod, node),
  helpedBy: ['node-added', 'node-labels'],
});

export const nodeAffinity = nodeAffinityWith({});
