import type { KubeObject } from '../../../core/object.ts';
import { semanticEqual } from '../../shared/equal.ts';

// Models TemplateGeneration of pkg/registry/apps/daemonset/strategy.go, which apps/v1 still shows as an annotation.
const ANNOTATION = 'deprecated.daemonset.template.generation';

function setCount(daemonSet: KubeObject, count: number): void {
  daemonSet.metadata.annotations = {
    ...daemonSet.metadata.annotations,
    [ANNOTATION]: String(count),
  };
}

export const startTemplateCount = (daemonSet: KubeObject): void => setCount(daemonSet, 1);

export function countTemplateChange(daemonSet: KubeObject, old: KubeObject): void {
  const count = Number(old.metadata.annotations?.[ANNOTATION] ?? 1);
  setCount(daemonSet, semanticEqual(daemonSet.spec?.template, old.spec?.template) ? count : count + 1);
}
