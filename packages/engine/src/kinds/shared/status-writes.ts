import type { KubeObject } from '../../core/object.ts';

/** What a status write may not change besides the spec, for kinds that are strict about it. Models ResetObjectMetaForStatus in k8s.io/apimachinery/pkg/apis/meta/v1/meta.go. */
export function keepMetadata(object: KubeObject, old: KubeObject): void {
  const { managedFields } = object.metadata;
  const { managedFields: _before, ...metadata } = old.metadata;
  object.metadata = managedFields === undefined ? metadata : { ...metadata, managedFields };
}
