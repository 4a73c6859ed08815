import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../../machinery/field.ts';
import { intOrPercentValue, notMoreThan100Percent, positiveIntOrPercent } from '../../rules/int-or-percent.ts';
import { allNonNegative, notDecremented, notGreater } from '../../rules/numbers.ts';
import { validateTemplateForReplicaSet } from '../../rules/pod-template.ts';
import { validateWorkloadSelector } from '../../rules/selector.ts';
import { validateImmutable } from '../../shared/equal.ts';
import { type Part, validateNonNegative } from '../../shared/fields.ts';
import { goSelector, goStruct } from '../../shared/go/show.ts';

// Models ValidateDeployment* in pkg/apis/apps/validation/validation.go.

function validateRollingUpdate(rolling: Part, path: string): FieldError[] {
  const errors = [
    ...positiveIntOrPercent(rolling.maxUnavailable, `${path}.maxUnavailable`),
    ...positiveIntOrPercent(rolling.maxSurge, `${path}.maxSurge`),
  ];
  if (intOrPercentValue(rolling.maxUnavailable) === 0 && intOrPercentValue(rolling.maxSurge) === 0) {
    errors.push(invalid(`${path}.maxUnavailable`, rolling.maxUnavailable, 'may not be 0 when `maxSurge` is 0'));
  }
  return [...errors, ...notMoreThan100Percent(rolling.maxUnavailable, `${path}.maxUnavailable`)];
}

function validateStrategy(strategy: Part, path: string): FieldError[] {
  const rollingPath = `${path}.rollingUpdate`;
  switch (strategy?.type) {
    case 'Recreate':
      return strategy.rollingUpdate ? [forbiddenField(rollingPath, "may not be specified when strategy `type` is 'Recreate'")] : [];
    case 'RollingUpdate':
      return strategy.rollingUpdate
        ? validateRollingUpdate(strategy.rollingUpdate, rollingPath)
        : [required(rollingPath, 'this should be defaulted and never be nil')];
    default:
      return [notSupported(path, goStruct('DeploymentStrategy', strategy), ['Recreate', 'RollingUpdate'])];
  }
}

function validateProgressDeadline(spec: Part, path: string): FieldError[] {
  const deadline = spec.progressDeadlineSeconds;
  if (deadline == null) return [];
  const errors = validateNonNegative(deadline, path);
  if (deadline <= (spec.minReadySeconds ?? 0)) errors.push(invalid(path, deadline, 'must be greater than minReadySeconds'));
  return errors;
}

function validateSpec(spec: Part, path: string): FieldError[] {
  return [
    ...validateNonNegative(spec.replicas, `${path}.replicas`),
    ...validateWorkloadSelector(spec.selector, `${path}.selector`, 'deployment'),
    ...validateTemplateForReplicaSet(spec, path),
    ...validateStrategy(spec.strategy, `${path}.strategy`),
    ...validateNonNegative(spec.minReadySeconds, `${path}.minReadySeconds`),
    ...validateNonNegative(spec.revisionHistoryLimit, `${path}.revisionHistoryLimit`),
    ...validateProgressDeadline(spec, `${path}.progressDeadlineSeconds`),
  ];
}

export const validate = (deployment: KubeObject): FieldError[] => validateSpec(deployment.spec, 'spec');

export const validateUpdate = (deployment: KubeObject, old: KubeObject): FieldError[] => [
  ...validateSpec(deployment.spec, 'spec'),
  ...validateImmutable(deployment.spec.selector, old.spec?.selector, 'spec.selector', goSelector),
];

const COUNTS = [
  'observedGeneration',
  'replicas',
  'updatedReplicas',
  'readyReplicas',
  'availableReplicas',
  'unavailableReplicas',
  'terminatingReplicas',
  'collisionCount',
];

export function validateStatusUpdate(deployment: KubeObject, old: KubeObject): FieldError[] {
  const status = deployment.status ?? {};
  return [
    ...allNonNegative(status, COUNTS, 'status'),
    ...['updatedReplicas', 'readyReplicas', 'availableReplicas'].flatMap((field) =>
      notGreater(status[field], status.replicas, `status.${field}`, 'cannot be greater than status.replicas'),
    ),
    ...notGreater(status.availableReplicas, status.readyReplicas, 'status.availableReplicas', 'cannot be greater than readyReplicas'),
    ...notDecremented(status.collisionCount, old.status?.collisionCount, 'status.collisionCount'),
  ];
}
