import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, invalid } from '../../../machinery/field.ts';
import { eachInvalid, ownValue } from '../../shared/fields.ts';
import { validateLabels } from '../../shared/labels.ts';
import { validateStandardFinalizer } from '../../shared/metadata.ts';
import { isQualifiedName } from '../../shared/names.ts';

function validateFinalizers(finalizers: string[] | undefined, pathOf: (index: number) => string): FieldError[] {
  return (finalizers ?? []).flatMap((name, i) => [
    ...eachInvalid(pathOf(i), name, isQualifiedName(name)),
    ...validateStandardFinalizer(name, pathOf(i)),
  ]);
}

/** Models ValidateNamespace, and what the PodSecurity plugin says about its labels once all else is in order. */
export const validate = (namespace: KubeObject): FieldError[] => [
  ...validateFinalizers(namespace.spec?.finalizers, () => 'spec.finalizers'),
  ...validatePodSecurityLabels(namespace.metadata.labels),
];

export const validateUpdate = (namespace: KubeObject): FieldError[] => validatePodSecurityLabels(namespace.metadata.labels);

/** Models ValidateNamespaceFinalizeUpdate. */
export const validateFinalizeUpdate = (namespace: KubeObject): FieldError[] =>
  validateFinalizers(namespace.spec?.finalizers, (i) => `spec.finalizers[${i}]`);

/** Models ValidateNamespaceStatusUpdate. */
export function validateStatusUpdate(namespace: KubeObject): FieldError[] {
  const phase: string = namespace.status?.phase ?? '';
  const wanted = namespace.metadata.deletionTimestamp ? 'Terminating' : 'Active';
  if (phase === wanted) return [];
  const when = wanted === 'Active' ? '`deletionTimestamp` is empty' : '`deletionTimestamp` is not empty';
  return [invalid('status.Phase', phase, `may only be '${wanted}' if ${when}`)];
}

const PREFIX = 'pod-security.kubernetes.io/';
const LEVELS = ['privileged', 'baseline', 'restricted'];

/** Models PolicyToEvaluate of k8s.io/pod-security-admission. */
function validatePodSecurityLabels(labels: Record<string, string> | undefined): FieldError[] {
  if (validateLabels(labels, 'metadata.labels').length > 0) return [];
  const errors: FieldError[] = [];
  for (const mode of ['enforce', 'audit', 'warn']) {
    const level = ownValue(labels, PREFIX + mode);
    if (level !== undefined && !LEVELS.includes(level)) {
      errors.push(invalid(`metadata.labels[${PREFIX}${mode}]`, level, `must be one of ${LEVELS.join(', ')}`));
    }
    const version = ownValue(labels, `${PREFIX}${mode}-version`);
    if (version !== undefined && version !== 'latest' && !/^v1\.([0-9]|[1-9][0-9]*)$/.test(version)) {
      errors.push(invalid(`metadata.labels[${PREFIX}${mode}-version]`, version, 'must be "latest" or "v1.x"'));
    }
  }
  return errors;
}
