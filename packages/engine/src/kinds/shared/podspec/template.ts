import { type FieldError, forbiddenField } from '../../../machinery/field.ts';
import type { Part } from '../fields.ts';
import { validateAnnotations, validateLabels } from '../labels.ts';
import { validateAppArmorMatch, validatePodAnnotations, validateSeccompMatch } from './annotations.ts';
import type { PodRules } from './rules.ts';
import { validatePodSpec } from './spec.ts';

/** Of every kind that makes pods. Models ValidatePodTemplateSpec; labels are reported without `metadata`, as upstream does. */
export function validatePodTemplateSpec(template: Part | undefined, path: string, rules: PodRules = {}): FieldError[] {
  const metadata = template?.metadata ?? {};
  const spec = template?.spec ?? {};
  const errors = [
    ...validateLabels(metadata.labels, `${path}.labels`),
    ...validateAnnotations(metadata.annotations, `${path}.annotations`),
    ...validatePodAnnotations(metadata.annotations, spec, `${path}.annotations`),
    ...validatePodSpec(spec, `${path}.spec`, rules),
    ...validateSeccompMatch(metadata.annotations, spec, `${path}.spec`),
    ...validateAppArmorMatch(metadata.annotations, spec, `${path}.spec`),
  ];
  if ((spec.ephemeralContainers ?? []).length > 0) {
    errors.push(forbiddenField(`${path}.spec.ephemeralContainers`, 'ephemeral containers not allowed in pod template'));
  }
  return errors;
}
