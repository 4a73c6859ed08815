import type { KubeObject } from '../../../core/object.ts';

/** Its instances go first; the controller of definitions takes the finalizer away after the last one. */
export const CLEANUP_FINALIZER = 'customresourcecleanup.apiextensions.k8s.io';

const isHeld = ({ metadata }: KubeObject): boolean => metadata.finalizers?.includes(CLEANUP_FINALIZER) === true;

export const holdsInstances = (definition: KubeObject): boolean => definition.metadata.deletionTimestamp === undefined || isHeld(definition);

/** Models Delete in pkg/registry/customresourcedefinition/etcd.go of k8s.io/apiextensions-apiserver. */
export function terminate(definition: KubeObject): KubeObject {
  if (isHeld(definition)) return definition;
  const { metadata, status } = definition;
  const condition = {
    type: 'Terminating',
    status: 'True',
    lastTransitionTime: metadata.deletionTimestamp,
    reason: 'InstanceDeletionPending',
    message: 'CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon',
  };
  return {
    ...definition,
    metadata: { ...metadata, finalizers: [...(metadata.finalizers ?? []), CLEANUP_FINALIZER] },
    status: { ...status, conditions: [...(status?.conditions ?? []), condition] },
  };
}
