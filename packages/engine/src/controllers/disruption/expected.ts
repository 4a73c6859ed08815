import { objectKey, resourceName } from '../../core/key.ts';
import type { KubeObject, OwnerReference } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { groupOf } from '../../machinery/controller.ts';
import type { Registry } from '../../machinery/registry.ts';
import { qualified } from '../../machinery/status.ts';
import { scaledValue } from '../deployment/fenceposts.ts';
import type { Pod } from '../shared/objects.ts';
import { controllerOf } from '../shared/owners.ts';

export interface Expectation {
  expectedPods: number;
  desiredHealthy: number;
  /** Names of pods that no controller answers for. */
  unmanaged: string[];
}

/** What the controller of a pod is scaled to. Models the pod controller finders of pkg/controller/disruption. */
function scaleOf(view: View, registry: Registry, namespace: string, reference: OwnerReference): { uid: string; scale: number } | undefined {
  const kind = registry.forKind(reference.apiVersion, reference.kind);
  if (!kind) return undefined;
  const object = view.get(objectKey(resourceName(kind.group, kind.plural), namespace, reference.name));
  if (!object || object.metadata.uid !== reference.uid) return undefined;
  const above = reference.kind === 'ReplicaSet' ? object.metadata.ownerReferences?.find((ref) => ref.controller) : undefined;
  if (above?.kind === 'Deployment' && groupOf(above.apiVersion) === 'apps') {
    const found = scaleOf(view, registry, namespace, above);
    if (found) return found;
  }
  const path = kind.subresources?.scale?.specReplicasPath;
  if (path === undefined) throw new Error(`${qualified(kind.group, kind.plural)} does not implement the scale subresource`);
  return { uid: reference.uid, scale: numberAt(object, path) };
}

function numberAt(object: KubeObject, path: string): number {
  let value: unknown = object;
  for (const field of path.split('.').filter(Boolean)) value = (value as Record<string, unknown> | undefined)?.[field];
  return typeof value === 'number' ? value : 0;
}

/** The sum of the scales of all controllers that any of the pods has. Models getExpectedScale. */
function expectedScale(view: View, registry: Registry, pods: readonly Pod[]): { expected: number; unmanaged: string[] } {
  const scales = new Map<string, number>();
  const unmanaged: string[] = [];
  for (const pod of pods) {
    const reference = controllerOf(pod as never);
    if (!reference) {
      unmanaged.push(pod.metadata.name);
      continue;
    }
    if (scales.has(reference.uid)) continue;
    const found = scaleOf(view, registry, pod.metadata.namespace as string, reference);
    if (!found) throw new Error(`found no controllers for pod ${JSON.stringify(pod.metadata.name)}`);
    scales.set(reference.uid, 0);
    scales.set(found.uid, found.scale);
  }
  return { expected: [...scales.values()].reduce((a, b) => a + b, 0), unmanaged };
}

/** Models getExpectedPodCount: whole numbers of minAvailable need to know nothing of controllers. */
export function expectation(view: View, registry: Registry, budget: KubeObject, pods: readonly Pod[]): Expectation {
  const { minAvailable, maxUnavailable } = budget.spec;
  if (maxUnavailable !== undefined) {
    const { expected, unmanaged } = expectedScale(view, registry, pods);
    return { expectedPods: expected, desiredHealthy: Math.max(0, expected - scaledValue(maxUnavailable, expected, Math.ceil)), unmanaged };
  }
  if (typeof minAvailable === 'string') {
    const { expected, unmanaged } = expectedScale(view, registry, pods);
    return { expectedPods: expected, desiredHealthy: scaledValue(minAvailable, expected, Math.ceil), unmanaged };
  }
  return minAvailable === undefined
    ? { expectedPods: 0, desiredHealthy: 0, unmanaged: [] }
    : { expectedPods: pods.length, desiredHealthy: minAvailable, unmanaged: [] };
}
