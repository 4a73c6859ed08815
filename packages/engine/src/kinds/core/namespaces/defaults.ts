import type { KubeObject } from '../../../core/object.ts';

export const NAME_LABEL = 'kubernetes.io/metadata.name';
export const KUBERNETES_FINALIZER = 'kubernetes';

/** Selectors can pick a namespace by its name. Models SetDefaults_Namespace. */
export function defaults(namespace: KubeObject): void {
  const { name } = namespace.metadata;
  if (!name) return;
  namespace.metadata.labels = {
    ...namespace.metadata.labels,
    [NAME_LABEL]: name,
  };
}

/** Models the strategy's PrepareForCreate: alive, and not to be removed before it is empty. */
export function prepareForCreate(namespace: KubeObject): void {
  namespace.status = { phase: 'Active' };
  const finalizers: string[] = namespace.spec?.finalizers ?? [];
  if (finalizers.includes(KUBERNETES_FINALIZER)) return;
  namespace.spec = {
    ...namespace.spec,
    finalizers: [...finalizers, KUBERNETES_FINALIZER],
  };
}

/** Finalizers of the spec only change through the `finalize` subresource. */
export function prepareForUpdate(namespace: KubeObject, old: KubeObject): void {
  if (old.spec?.finalizers) namespace.spec = { ...namespace.spec, finalizers: old.spec.finalizers };
  else if (namespace.spec) delete namespace.spec.finalizers;
}
