import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../../machinery/field.ts';
import { intOrPercentValue, notMoreThan100Percent, positiveIntOrPercent } from '../../rules/int-or-percent.ts';
import { allNonNegative, notDecremented } from '../../rules/numbers.ts';
import { labelsMismatch } from '../../rules/pod-template.ts';
import { isEmptySelector, selectorMatches, selectorProblem } from '../../rules/selector.ts';
import { validateImmutable } from '../../shared/equal.ts';
import { type Part, validateNonNegative } from '../../shared/fields.ts';
import { goSelector, goStruct } from '../../shared/go/show.ts';
import { validateLabelSelector } from '../../shared/labels.ts';
import { validatePodTemplateSpec } from '../../shared/podspec/template.ts';

// Models ValidateDaemonSet* in pkg/apis/apps/validation/validation.go.

function validateSelector(spec: Part, path: string): FieldError[] {
  const { selector } = spec;
  const errors = validateLabelSelector(selector, `${path}.selector`);
  if (!selectorProblem(selector) && !selectorMatches(selector, spec.template?.metadata?.labels)) {
    errors.push(labelsMismatch(spec.template, `${path}.template`));
  }
  if (isEmptySelector(selector)) errors.push(invalid(`${path}.selector`, goSelector(selector), 'empty selector is invalid for daemonset'));
  return errors;
}

function validateTemplate(template: Part, path: string): FieldError[] {
  const errors = validatePodTemplateSpec(template, path);
  const policy = template.spec?.restartPolicy ?? '';
  if (policy !== 'Always') errors.push(notSupported(`${path}.spec.restartPolicy`, policy, ['Always']));
  if (template.spec?.activeDeadlineSeconds !== undefined) {
    errors.push(forbiddenField(`${path}.spec.activeDeadlineSeconds`, 'activeDeadlineSeconds in DaemonSet is not Supported'));
  }
  return errors;
}

function validateRollingUpdate(rolling: Part, path: string): FieldError[] {
  const errors = [
    ...positiveIntOrPercent(rolling.maxUnavailable, `${path}.maxUnavailable`),
    ...positiveIntOrPercent(rolling.maxSurge, `${path}.maxSurge`),
    ...notMoreThan100Percent(rolling.maxUnavailable, `${path}.maxUnavailable`),
    ...notMoreThan100Percent(rolling.maxSurge, `${path}.maxSurge`),
  ];
  const hasUnavailable = intOrPercentValue(rolling.maxUnavailable) !== 0;
  const hasSurge = intOrPercentValue(rolling.maxSurge) !== 0;
  if (hasUnavailable && hasSurge) errors.push(invalid(`${path}.maxSurge`, rolling.maxSurge, 'may not be set when maxUnavailable is non-zero'));
  if (!hasUnavailable && !hasSurge) errors.push(required(`${path}.maxUnavailable`, 'cannot be 0 when maxSurge is 0'));
  return errors;
}

function validateStrategy(strategy: Part, path: string): FieldError[] {
  switch (strategy.type) {
    case 'OnDelete':
      return [];
    case 'RollingUpdate':
      return strategy.rollingUpdate ? validateRollingUpdate(strategy.rollingUpdate, `${path}.rollingUpdate`) : [required(`${path}.rollingUpdate`)];
    default:
      return [notSupported(path, goStruct('DaemonSetUpdateStrategy', strategy), ['RollingUpdate', 'OnDelete'])];
  }
}

const validateSpec = (spec: Part, path: string): FieldError[] => [
  ...validateSelector(spec, path),
  ...validateTemplate(spec.template, `${path}.template`),
  ...validateNonNegative(spec.minReadySeconds, `${path}.minReadySeconds`),
  ...validateStrategy(spec.updateStrategy, `${path}.updateStrategy`),
  ...validateNonNegative(spec.revisionHistoryLimit, `${path}.revisionHistoryLimit`),
];

export const validate = (daemonSet: KubeObject): FieldError[] => validateSpec(daemonSet.spec, 'spec');

export const validateUpdate = (daemonSet: KubeObject, old: KubeObject): FieldError[] => [
  ...validateSpec(daemonSet.spec, 'spec'),
  ...validateImmutable(daemonSet.spec.selector, old.spec?.selector, 'spec.selector', goSelector),
];

const COUNTS = [
  'currentNumberScheduled',
  'numberMisscheduled',
  'desiredNumberScheduled',
  'numberReady',
  'observedGeneration',
  'updatedNumberScheduled',
  'numberAvailable',
  'numberUnavailable',
  'collisionCount',
];

export const validateStatusUpdate = ({ status }: KubeObject, old: KubeObject): FieldError[] => [
  ...allNonNegative(status, COUNTS, 'status'),
  ...notDecremented(status?.collisionCount, old.status?.collisionCount, 'status.collisionCount'),
];
