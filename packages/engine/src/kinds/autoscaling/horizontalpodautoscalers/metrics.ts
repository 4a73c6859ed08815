import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../../machinery/field.ts';
import { validateSegment } from '../../rules/references.ts';
import type { Part } from '../../shared/fields.ts';
import { validateLabelSelector } from '../../shared/labels.ts';
import { nano } from '../../shared/quantity.ts';

// Models validateMetrics in pkg/apis/autoscaling/validation/validation.go.

/** The metric sources by type, with the field each fills; in the order upstream looks for them. */
const FIELDS: Record<string, string> = {
  Object: 'object',
  External: 'external',
  Pods: 'pods',
  Resource: 'resource',
  ContainerResource: 'containerResource',
};
const TYPES = Object.keys(FIELDS).sort();
const TARGET_TYPES = ['Utilization', 'Value', 'AverageValue'];

/** Models ValidateAPIVersion. */
export function apiVersionProblem(apiVersion: string, needsGroup: boolean): string | undefined {
  const parts = apiVersion.split('/');
  if (parts.length > 2) return `unexpected GroupVersion string: ${apiVersion}`;
  return needsGroup && (parts.length < 2 || parts[0] === '') ? 'apiVersion must specify API group' : undefined;
}

/** Models ValidateCrossVersionObjectReference. */
export function validateReference(reference: Part, path: string, needsGroup: boolean): FieldError[] {
  const apiVersion: string = reference?.apiVersion ?? '';
  const problem = apiVersionProblem(apiVersion, needsGroup);
  return [
    ...validateSegment(reference?.kind, `${path}.kind`),
    ...validateSegment(reference?.name, `${path}.name`),
    ...(problem === undefined ? [] : [invalid(`${path}.apiVersion`, apiVersion, problem)]),
  ];
}

function validateIdentifier(metric: Part, path: string): FieldError[] {
  return [
    ...validateSegment(metric?.name, `${path}.name`, 'must specify a metric name'),
    ...(metric?.selector ? validateLabelSelector(metric.selector, `${path}.selector`) : []),
  ];
}

function validateTarget(target: Part, path: string): FieldError[] {
  const { type = '', value, averageValue, averageUtilization } = target ?? {};
  const errors = type === '' ? [required(`${path}.type`, 'must specify a metric target type')] : [];
  if (!TARGET_TYPES.includes(type)) errors.push(invalid(`${path}.type`, type, 'must be either Utilization, Value, or AverageValue'));
  if (value !== undefined && nano(value) <= 0n) errors.push(invalid(`${path}.value`, value, 'must be positive'));
  if (averageValue !== undefined && nano(averageValue) <= 0n) errors.push(invalid(`${path}.averageValue`, averageValue, 'must be positive'));
  if (averageUtilization !== undefined && averageUtilization < 1) {
    errors.push(invalid(`${path}.averageUtilization`, averageUtilization, 'must be greater than 0'));
  }
  return errors;
}

function validateObject(source: Part, path: string): FieldError[] {
  const errors = [
    ...validateReference(source.describedObject, `${path}.describedObject`, false),
    ...validateIdentifier(source.metric, `${path}.metric`),
    ...validateTarget(source.target, `${path}.target`),
  ];
  const { value, averageValue } = source.target ?? {};
  if (value === undefined && averageValue === undefined) {
    errors.push(required(`${path}.target.averageValue`, 'must set either a target value or averageValue'));
  }
  return errors;
}

function validateExternal(source: Part, path: string): FieldError[] {
  const errors = [...validateIdentifier(source.metric, `${path}.metric`), ...validateTarget(source.target, `${path}.target`)];
  const { value, averageValue } = source.target ?? {};
  if (value === undefined && averageValue === undefined) {
    errors.push(required(`${path}.target.averageValue`, 'must set either a target value for metric or a per-pod target'));
  }
  if (value !== undefined && averageValue !== undefined) {
    errors.push(forbiddenField(`${path}.target.value`, 'may not set both a target value for metric and a per-pod target'));
  }
  return errors;
}

function validatePods(source: Part, path: string): FieldError[] {
  const errors = [...validateIdentifier(source.metric, `${path}.metric`), ...validateTarget(source.target, `${path}.target`)];
  if (source.target?.averageValue === undefined) errors.push(required(`${path}.target.averageValue`, 'must specify a positive target averageValue'));
  return errors;
}

function validateResource(source: Part, path: string): FieldError[] {
  const errors = source.name ? [] : [required(`${path}.name`, 'must specify a resource name')];
  errors.push(...validateTarget(source.target, `${path}.target`));
  const { averageUtilization, averageValue } = source.target ?? {};
  if (averageUtilization === undefined && averageValue === undefined) {
    errors.push(required(`${path}.target.averageUtilization`, 'must set either a target raw value or a target utilization'));
  }
  if (averageUtilization !== undefined && averageValue !== undefined) {
    errors.push(forbiddenField(`${path}.target.averageValue`, 'may not set both a target raw value and a target utilization'));
  }
  return errors;
}

function validateContainerResource(source: Part, path: string): FieldError[] {
  const container = source.container ? [] : [required(`${path}.container`, 'must specify a container')];
  const rest = validateResource(source, path);
  const named = rest.filter((error) => error.field === `${path}.name`);
  return [...named, ...container, ...rest.filter((error) => error.field !== `${path}.name`)];
}

const RULES: Record<string, (source: Part, path: string) => FieldError[]> = {
  object: validateObject,
  external: validateExternal,
  pods: validatePods,
  resource: validateResource,
  containerResource: validateContainerResource,
};

function validateMetric(metric: Part, path: string): FieldError[] {
  const type: string = metric.type ?? '';
  const errors = type === '' ? [required(`${path}.type`, 'must specify a metric source type')] : [];
  if (!TYPES.includes(type)) errors.push(notSupported(`${path}.type`, type, TYPES));
  const present = Object.values(FIELDS).filter((field) => metric[field]);
  const first = present[0];
  if (first) errors.push(...(RULES[first] as (source: Part, path: string) => FieldError[])(metric[first], `${path}.${first}`));
  const expected = TYPES.includes(type) ? (FIELDS[type] as string) : undefined;
  if (expected && !metric[expected]) errors.push(required(`${path}.${expected}`, 'must populate information for the given metric source'));
  if (present.length === 1) return errors;
  const extra = present.filter((field) => field !== expected);
  return [...errors, ...extra.map((field) => forbiddenField(`${path}.${field}`, 'must populate the given metric source only'))];
}

export const validateMetrics = (metrics: Part[], path: string): FieldError[] =>
  metrics.flatMap((metric, i) => validateMetric(metric, `${path}[${i}]`));
