import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, forbiddenField, notSupported, required } from '../../../machinery/field.ts';
import { allNonNegative, notGreater } from '../../rules/numbers.ts';
import { labelsMismatch } from '../../rules/pod-template.ts';
import { selectorMatches } from '../../rules/selector.ts';
import { type Part, validateNonNegative } from '../../shared/fields.ts';
import { validatePodTemplateSpec } from '../../shared/podspec/template.ts';

// Models ValidateReplicationController* in pkg/apis/core/validation/validation.go.

function validateTemplate(template: Part, selector: Record<string, string>, path: string): FieldError[] {
  if (!template) return [required(path)];
  const errors = selectorMatches({ matchLabels: selector }, template.metadata?.labels) ? [] : [labelsMismatch(template, path)];
  errors.push(...validatePodTemplateSpec(template, path));
  const policy = template.spec?.restartPolicy ?? '';
  if (policy !== 'Always') errors.push(notSupported(`${path}.spec.restartPolicy`, policy, ['Always']));
  if (template.spec?.activeDeadlineSeconds !== undefined) {
    errors.push(forbiddenField(`${path}.spec.activeDeadlineSeconds`, 'activeDeadlineSeconds in ReplicationController is not Supported'));
  }
  return errors;
}

export function validate({ spec }: KubeObject): FieldError[] {
  const selector = spec.selector ?? {};
  return [
    ...validateNonNegative(spec.minReadySeconds, 'spec.minReadySeconds'),
    ...(Object.keys(selector).length === 0 ? [required('spec.selector')] : []),
    ...validateNonNegative(spec.replicas, 'spec.replicas'),
    ...validateTemplate(spec.template, selector, 'spec.template'),
  ];
}

const COUNTS = ['replicas', 'fullyLabeledReplicas', 'readyReplicas', 'availableReplicas', 'observedGeneration'];

export const validateStatusUpdate = ({ status = {} }: KubeObject): FieldError[] => [
  ...allNonNegative(status, COUNTS, 'status'),
  ...['fullyLabeledReplicas', 'readyReplicas', 'availableReplicas'].flatMap((field) =>
    notGreater(status[field], status.replicas, `status.${field}`, 'cannot be greater than status.replicas'),
  ),
  ...notGreater(status.availableReplicas, status.readyReplicas, 'status.availableReplicas', 'cannot be greater than readyReplicas'),
];
