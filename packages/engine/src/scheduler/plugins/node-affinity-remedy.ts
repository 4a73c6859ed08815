import type { NodeSelectorRequirement, NodeSelectorTerm } from '@vivakube/schema/types/core.v1';
import type { PodObject } from '../../kinds/shared/pod.ts';
import type { Remedy } from '../framework.ts';
import type { NodeInfo } from '../node-info.ts';
import { termMatches } from './node-selection.ts';

/** Labels that a node would have to have; undefined for one that it must not have. */
type Labels = Map<string, string | undefined>;

/** The labels a node would need for what the pod asks of it; else the pod has to ask for less. */
export function selectionRemedy(pod: PodObject, node: NodeInfo): Remedy {
  const labels: Labels = new Map();
  for (const [key, value] of Object.entries(pod.spec.nodeSelector ?? {})) if (labelOf(node, key) !== value) labels.set(key, value);
  const required = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  if (required && !required.nodeSelectorTerms.some((term) => termMatches(term, node))) {
    const ways = required.nodeSelectorTerms.flatMap((term) => labelsFor(term, node) ?? []);
    const [shortest] = ways.sort((a, b) => a.size - b.size);
    if (!shortest) return withoutAffinity(pod);
    for (const [key, value] of shortest) labels.set(key, value);
  }
  return {
    text: `label node ${node.name} ${[...labels].map(([key, value]) => (value === undefined ? `${key}-` : `${key}=${value}`)).join(' ')}`,
    cost: labels.size,
    node: (n) => ({ ...n, metadata: { ...n.metadata, labels: changed(n.metadata.labels, labels) } }),
  };
}

const labelOf = ({ labels }: NodeInfo, key: string): string | undefined => (labels && Object.hasOwn(labels, key) ? labels[key] : undefined);

function changed(old: Readonly<Record<string, string>> = {}, labels: Labels): Record<string, string> {
  const kept = Object.entries(old).filter(([key]) => !labels.has(key));
  const set = [...labels].filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries([...kept, ...set]);
}

/** undefined where no label can help: the term is about the node's name. */
function labelsFor(term: NodeSelectorTerm, node: NodeInfo): Labels | undefined {
  const labels: Labels = new Map();
  if (term.matchFields?.some((field) => !termMatches({ matchFields: [field] }, node))) return undefined;
  for (const requirement of term.matchExpressions ?? []) {
    if (!termMatches({ matchExpressions: [requirement] }, node)) labels.set(requirement.key, valueFor(requirement));
  }
  return labels.size > 0 ? labels : undefined;
}

function valueFor({ operator, values = [] }: NodeSelectorRequirement): string | undefined {
  switch (operator as string) {
    case 'In':
      return values[0];
    case 'Exists':
      return 'true';
    case 'Gt':
      return String(BigInt(values[0] as string) + 1n);
    case 'Lt':
      return String(BigInt(values[0] as string) - 1n);
    default:
      return undefined;
  }
}

const withoutAffinity = (pod: PodObject): Remedy => ({
  text: `remove the required node affinity of pod ${pod.metadata.name}`,
  cost: 2,
  pod: (p) => ({
    ...p,
    spec: {
      ...p.spec,
      affinity: { ...p.spec.affinity, nodeAffinity: { ...p.spec.affinity?.nodeAffinity, requiredDuringSchedulingIgnoredDuringExecution: undefined } },
    },
  }),
});
