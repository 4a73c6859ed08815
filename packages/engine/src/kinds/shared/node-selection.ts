import type { NodeSelector, NodeSelectorRequirement, NodeSelectorTerm } from '@vivakube/schema/types/core.v1';

/** What is asked of a node. */
export interface SelectableNode {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>> | undefined;
}

const INTEGER = /^[+-]?\d+$/;

/** Models k8s.io/component-helpers/scheduling/corev1/nodeaffinity: terms are alternatives, an empty term selects nothing. */
export const nodeSelectorMatches = (selector: NodeSelector, node: SelectableNode): boolean =>
  selector.nodeSelectorTerms.some((term) => termMatches(term, node));

export function termMatches(term: NodeSelectorTerm, node: SelectableNode): boolean {
  const expressions = term.matchExpressions ?? [];
  const fields = term.matchFields ?? [];
  if (expressions.length === 0 && fields.length === 0) return false;
  const label = (key: string): string | undefined => ownLabel(node, key);
  return (
    expressions.every((r) => requirementMatches(r, label(r.key))) &&
    fields.every((r) => requirementMatches(r, r.key === 'metadata.name' ? node.name : undefined))
  );
}

const ownLabel = (node: SelectableNode, key: string): string | undefined => {
  const labels = node.labels;
  return labels !== undefined && Object.hasOwn(labels, key) ? labels[key] : undefined;
};

function requirementMatches({ operator, values = [] }: NodeSelectorRequirement, value: string | undefined): boolean {
  switch (operator as string) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
    case 'Lt':
      return comparesAs(operator as string, value, values[0]);
    default:
      return false;
  }
}

function comparesAs(operator: string, value: string | undefined, bound: string | undefined): boolean {
  if (value === undefined || bound === undefined || !INTEGER.test(value) || !INTEGER.test(bound)) return false;
  const difference = BigInt(value.replace('+', '')) - BigInt(bound.replace('+', ''));
  return operator === 'Gt' ? difference > 0n : difference < 0n;
}

/** The names that every alternative narrows the choice to by metadata.name, or undefined. Models PreFilter of plugins/nodeaffinity. */
export function namesAskedFor(selector: NodeSelector): ReadonlySet<string> | undefined {
  if (selector.nodeSelectorTerms.length === 0) return undefined;
  const names = new Set<string>();
  for (const term of selector.nodeSelectorTerms) {
    const lists = (term.matchFields ?? []).filter((r) => r.key === 'metadata.name' && (r.operator as string) === 'In').map((r) => r.values ?? []);
    if (lists.length === 0) return undefined;
    for (const value of lists[0] as string[]) if (lists.every((list) => list.includes(value))) names.add(value);
  }
  return names;
}

/** spec.nodeSelector and required node affinity together. */
export function selectsNode(
  spec: { nodeSelector?: Record<string, string>; affinity?: { nodeAffinity?: { requiredDuringSchedulingIgnoredDuringExecution?: NodeSelector } } },
  node: SelectableNode,
): boolean {
  const { nodeSelector } = spec;
  if (nodeSelector) for (const key of Object.keys(nodeSelector)) if (ownLabel(node, key) !== nodeSelector[key]) return false;
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return !required || nodeSelectorMatches(required, node);
}
