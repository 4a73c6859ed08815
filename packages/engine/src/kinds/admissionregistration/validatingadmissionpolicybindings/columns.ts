import type { KubeObject } from '../../../core/object.ts';

/** Which parameters a binding names, as `kubectl get` shows them. */
export function paramRefText({ spec }: KubeObject): string {
  const reference = spec?.paramRef;
  if (!reference) return '<unset>';
  return reference.namespace ? `${reference.namespace}/${reference.name ?? '*'}` : (reference.name ?? '*');
}
