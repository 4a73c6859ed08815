import type { ClusterEvent } from '../../../core/event.ts';
import type { ObjectKey } from '../../../core/key.ts';
import type { KubeObject } from '../../../core/object.ts';
import type { Projection } from '../../../core/projection.ts';
import type { View } from '../../../core/txn.ts';
import { type LabelSelector, selectorMatches } from '../../rules/selector.ts';

type Labels = Record<string, string>;
/** Pod keys by namespace and label. */
type PodsByLabel = Map<string, Set<ObjectKey>>;

const entry = (namespace: string, label: string, value: string): string => `${namespace}/${label}=${value}`;

function add(pods: PodsByLabel, key: ObjectKey, { metadata }: KubeObject): void {
  for (const [label, value] of Object.entries(metadata.labels ?? {})) {
    const at = entry(metadata.namespace ?? '', label, value);
    const known = pods.get(at);
    if (known) known.add(key);
    else pods.set(at, new Set([key]));
  }
}

function drop(pods: PodsByLabel, key: ObjectKey, { metadata }: KubeObject): void {
  for (const [label, value] of Object.entries(metadata.labels ?? {})) {
    const at = entry(metadata.namespace ?? '', label, value);
    const known = pods.get(at);
    known?.delete(key);
    if (known?.size === 0) pods.delete(at);
  }
}

/** Services and budgets find their pods here, without a walk over the whole namespace. */
const podsByLabel: Projection<PodsByLabel> = {
  name: 'pods-by-label',
  build: (view) => {
    const pods: PodsByLabel = new Map();
    for (const pod of view.list('core/pods')) add(pods, `core/pods/${pod.metadata.namespace}/${pod.metadata.name}`, pod);
    return pods;
  },
  apply: (pods, event: ClusterEvent) => {
    if (!event.key.startsWith('core/pods/')) return;
    const before = event.previous?.object;
    const after = event.type === 'DELETED' ? undefined : event.stored.object;
    if (before && after && before.metadata.labels === after.metadata.labels) return;
    if (before) drop(pods, event.key, before);
    if (after) add(pods, event.key, after);
  },
};

/** The pods of a namespace with the rarest of some labels, in key order. */
function candidates(view: View, namespace: string, labels: Labels): KubeObject[] {
  const pods = view.project(podsByLabel);
  let rarest: Set<ObjectKey> | undefined;
  for (const [label, value] of Object.entries(labels)) {
    const having = pods.get(entry(namespace, label, value));
    if (!having) return [];
    if (!rarest || having.size < rarest.size) rarest = having;
  }
  if (!rarest) return view.list('core/pods', namespace);
  return [...rarest].sort().map((key) => view.get(key) as KubeObject);
}

/** Pods of a namespace that a selector matches, in key order. */
export function podsSelected(view: View, namespace: string, selector: LabelSelector | undefined): KubeObject[] {
  if (selector === undefined) return [];
  const labels = selector.matchLabels ?? {};
  const found = candidates(view, namespace, labels);
  // With one label the index has said it all.
  if (Object.keys(labels).length === 1 && !selector.matchExpressions?.length) return found;
  return found.filter((pod) => selectorMatches(selector, pod.metadata.labels));
}
