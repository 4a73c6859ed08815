import type { KubeObject } from '../../../core/object.ts';
import { semanticEqual } from '../../shared/equal.ts';

/** Annotations count as a change too, because they are copied to ReplicaSets. Models PrepareForUpdate in pkg/registry/apps/deployment/strategy.go. */
export function prepareForUpdate(deployment: KubeObject, old: KubeObject): void {
  if (semanticEqual(deployment.metadata.annotations, old.metadata.annotations)) return;
  deployment.metadata.generation = (old.metadata.generation ?? 0) + 1;
}
