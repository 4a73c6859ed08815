import { type FieldError, forbiddenField, invalid, notSupported } from '../../machinery/field.ts';
import type { Part } from '../shared/fields.ts';
import { goMap, goSelector } from '../shared/go/show.ts';
import { defaultPodSpec } from '../shared/podspec/defaults.ts';
import { validatePodTemplateSpec } from '../shared/podspec/template.ts';
import { isEmptySelector, type LabelSelector, selectorMatches, selectorProblem } from './selector.ts';

/** A Go struct is never absent: what a manifest leaves out is still there to be filled in. */
export function defaultPodTemplate(spec: Part): void {
  spec.template ??= {};
  spec.template.metadata ??= {};
  spec.template.spec ??= {};
  defaultPodSpec(spec.template.spec);
}

/** The finding of every controller whose selector misses its own pods. */
export const labelsMismatch = (template: Part, path: string): FieldError =>
  invalid(`${path}.metadata.labels`, goMap(template.metadata?.labels), '`selector` does not match template `labels`');

/** Models ValidatePodTemplateSpecForReplicaSet in pkg/apis/apps/validation. */
export function validateTemplateForReplicaSet(spec: Part, path: string): FieldError[] {
  const selector = spec.selector as LabelSelector | undefined;
  if (selectorProblem(selector)) return [invalid(`${path}.selector`, goSelector(selector), 'invalid label selector')];
  const template = spec.template ?? {};
  const at = `${path}.template`;
  const errors: FieldError[] = [];
  if (!isEmptySelector(selector) && !selectorMatches(selector, template.metadata?.labels)) errors.push(labelsMismatch(template, at));
  errors.push(...validatePodTemplateSpec(template, at));
  if (template.spec?.restartPolicy !== 'Always')
    errors.push(notSupported(`${at}.spec.restartPolicy`, template.spec?.restartPolicy ?? '', ['Always']));
  if (template.spec?.activeDeadlineSeconds != null) {
    errors.push(forbiddenField(`${at}.spec.activeDeadlineSeconds`, 'activeDeadlineSeconds in ReplicaSet is not Supported'));
  }
  return errors;
}
