import { toRfc3339 } from '../../core/instant.ts';
import { setOwn } from '../../core/json.ts';
import type { KubeObject } from '../../core/object.ts';
import type { Column, ScaleMapping } from '../kind.ts';
import { type LabelSelectorObject, labelSelectorText } from '../selector/index.ts';

// Models printScale in pkg/printers/internalversion/printers.go.
export const SCALE_COLUMNS: Column<KubeObject>[] = [
  {
    name: 'Desired',
    type: 'integer',
    description: 'replicas is the desired number of instances for the scaled object.',
    cell: ({ spec }) => spec?.replicas ?? 0,
  },
  {
    name: 'Available',
    type: 'integer',
    description: 'replicas is the actual number of observed instances of the scaled object.',
    cell: ({ status }) => status?.replicas ?? 0,
  },
];

/** The scale of an object. */
export function scaleOf(object: KubeObject, mapping: ScaleMapping): KubeObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const selector = atPath(object, mapping.selectorPath.split('.'));
  const text = typeof selector === 'string' ? selector : selector ? labelSelectorText(asSelector(selector)) : '';
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp: creationTimestamp ?? toRfc3339(0) } as KubeObject['metadata'],
    spec: specOf(atPath(object, mapping.specReplicasPath.split('.'))),
    status: { replicas: (atPath(object, mapping.statusReplicasPath.split('.')) as number | undefined) ?? 0, ...(text ? { selector: text } : {}) },
  };
}

/** A ReplicationController selects by a plain map of labels. */
const asSelector = (selector: object): LabelSelectorObject =>
  'matchLabels' in selector || 'matchExpressions' in selector
    ? (selector as LabelSelectorObject)
    : { matchLabels: selector as Record<string, string> };

const specOf = (replicas: unknown): { replicas?: number } => (replicas ? { replicas: replicas as number } : {});

function atPath(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const part of path) {
    if (at === null || typeof at !== 'object') return undefined;
    at = (at as Record<string, unknown>)[part];
  }
  return at;
}

/** A copy with another value at a path. */
export const withPath = (value: unknown, path: string, to: unknown): unknown => withSteps(value, path.split('.'), to);

function withSteps(value: unknown, [head, ...rest]: readonly string[], to: unknown): unknown {
  if (head === undefined) return to;
  const copy: Record<string, unknown> = { ...((value ?? {}) as Record<string, unknown>) };
  setOwn(copy, head, withSteps(copy[head], rest, to));
  return copy;
}
