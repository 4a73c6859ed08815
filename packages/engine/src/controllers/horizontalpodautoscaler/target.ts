import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { podsSelected } from '../../kinds/core/labelled/pods.ts';
import { type LabelSelector, selectorMatches } from '../../kinds/rules/selector.ts';
import { groupOf } from '../../machinery/controller.ts';
import { type KindDefinition, resourceOf } from '../../machinery/kind.ts';
import type { Registry } from '../../machinery/registry.ts';
import { type LabelSelectorObject, labelSelectorText, parseLabelSelector } from '../../machinery/selector/index.ts';
import type { Pod } from '../shared/objects.ts';

/** What an HPA scales. */
export interface Target {
  object: KubeObject;
  replicas: number;
  statusReplicas: number;
  /** Absent where the target does not say which pods are its own. */
  pods: readonly Pod[] | undefined;
  /** Its selector as people write it. */
  selector: string;
  scaled: (replicas: number) => KubeObject;
}

export interface TargetReference {
  apiVersion?: string;
  kind: string;
  name: string;
}

function at(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const field of path) found = (found as Record<string, unknown> | null | undefined)?.[field];
  return found;
}

const parts = (path: string): string[] => path.split('.').filter(Boolean);

function withValue(value: unknown, [head, ...rest]: readonly string[], to: unknown): unknown {
  if (head === undefined) return to;
  const from = (value ?? {}) as Record<string, unknown>;
  return { ...from, [head]: withValue(from[head], rest, to) };
}

/** A ReplicationController selects by a plain map of labels. */
const asObject = (selector: object): LabelSelectorObject =>
  'matchLabels' in selector || 'matchExpressions' in selector
    ? (selector as LabelSelectorObject)
    : { matchLabels: selector as Record<string, string> };

function podsOf(view: View, namespace: string, selector: unknown): readonly Pod[] | undefined {
  if (!selector) return undefined;
  if (typeof selector === 'string') {
    const parsed = parseLabelSelector(selector);
    return view.list('core/pods', namespace).filter((pod) => parsed.matches(pod.metadata.labels)) as unknown as Pod[];
  }
  return podsSelected(view, namespace, asObject(selector) as LabelSelector) as unknown as Pod[];
}

const selectsPod = (selector: unknown, labels: Record<string, string> | undefined): boolean => {
  if (!selector) return false;
  return typeof selector === 'string' ? parseLabelSelector(selector).matches(labels) : selectorMatches(asObject(selector) as LabelSelector, labels);
};

/** Whether pods with one of these sets of labels are the target's. */
export function selectsAny(
  view: View,
  registry: Registry,
  namespace: string,
  reference: TargetReference,
  labels: readonly (Record<string, string> | undefined)[],
): boolean {
  const kind = kindOf(registry, reference);
  const mapping = kind?.subresources?.scale;
  if (!kind || !mapping) return false;
  const selector = at(view.get(objectKey(resourceOf(kind), namespace, reference.name)), parts(mapping.selectorPath));
  return labels.some((each) => selectsPod(selector, each));
}

const textOf = (selector: unknown): string =>
  typeof selector === 'string' ? selector : selector ? labelSelectorText(asObject(selector as object)) : '';

/** The kind that a reference names, whatever its version. Models RESTMappings. */
export function kindOf(registry: Registry, { apiVersion = '', kind }: TargetReference): KindDefinition | undefined {
  const group = groupOf(apiVersion);
  return registry.forKind(apiVersion, kind) ?? registry.kinds.find((each) => each.group === group && each.kind === kind);
}

/** The target, or why there is none, in the words of the API server. */
export function targetOf(view: View, registry: Registry, namespace: string, reference: TargetReference): Target | string {
  const group = groupOf(reference.apiVersion ?? '');
  const kind = kindOf(registry, reference);
  if (!kind) return `no matches for kind ${JSON.stringify(reference.kind)} in group ${JSON.stringify(group)}`;
  const mapping = kind.subresources?.scale;
  if (!mapping) return 'the server could not find the requested resource';
  const object = view.get(objectKey(resourceOf(kind), namespace, reference.name));
  if (!object) return `${kind.plural}/scale${kind.group === '' ? '' : `.${kind.group}`} ${JSON.stringify(reference.name)} not found`;
  const specPath = parts(mapping.specReplicasPath);
  const selector = at(object, parts(mapping.selectorPath));
  return {
    object,
    replicas: (at(object, specPath) as number | undefined) ?? 0,
    statusReplicas: (at(object, parts(mapping.statusReplicasPath)) as number | undefined) ?? 0,
    pods: podsOf(view, namespace, selector),
    selector: textOf(selector),
    scaled: (replicas) => withValue(object, specPath, replicas) as KubeObject,
  };
}
