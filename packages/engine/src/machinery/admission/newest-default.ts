import type { KubeObject } from '../../core/object.ts';

/** Of several defaults the newest counts, and of those made in one second the first by name. Models GetDefaultClass in pkg/volume/util/storageclass.go. */
export function newestDefault(classes: readonly KubeObject[], isDefault: (candidate: KubeObject) => boolean): KubeObject | undefined {
  let found: KubeObject | undefined;
  for (const candidate of classes) {
    if (!isDefault(candidate)) continue;
    if (!found || (candidate.metadata.creationTimestamp ?? '') > (found.metadata.creationTimestamp ?? '')) found = candidate;
  }
  return found;
}
