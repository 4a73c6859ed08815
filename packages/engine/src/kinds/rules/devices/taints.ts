import { duplicate, type FieldError, invalid, notSupported, required } from '../../../machinery/field.ts';
import { eachInvalid, type Part } from '../../shared/fields.ts';
import { validateLabelName } from '../../shared/labels.ts';
import { isLabelValue } from '../../shared/names.ts';
import { validateList } from './lists.ts';

// Models validateDeviceTaint, validateDeviceToleration and validateDeviceBindingParameters in pkg/apis/resource/validation/validation.go.
const OPERATORS = ['Equal', 'Exists'];
const EFFECTS = ['NoExecute', 'NoSchedule', 'None'];
const CONDITIONS_MAX = 4;

export function validateDeviceTaint({ key, value, effect = '' }: Part, path: string): FieldError[] {
  const errors = validateLabelName(key, `${path}.key`);
  if (value) errors.push(...eachInvalid(`${path}.value`, value, isLabelValue(value)));
  if (effect === '') errors.push(required(`${path}.effect`));
  else if (!EFFECTS.includes(effect)) errors.push(notSupported(`${path}.effect`, effect, EFFECTS));
  return errors;
}

function validateToleratedValue(operator: string, value: string, path: string): FieldError[] {
  if (operator === '') return [required(`${path}.operator`)];
  if (operator === 'Equal') return eachInvalid(`${path}.value`, value, isLabelValue(value));
  if (operator !== 'Exists') return [notSupported(`${path}.operator`, operator, OPERATORS)];
  return value === '' ? [] : [invalid(`${path}.value`, value, 'must be empty for operator `Exists`')];
}

export function validateDeviceToleration({ key, operator = '', value = '', effect }: Part, path: string): FieldError[] {
  const errors = key ? validateLabelName(key, `${path}.key`) : [];
  errors.push(...validateToleratedValue(operator, value, path));
  if (effect && !EFFECTS.includes(effect)) errors.push(notSupported(`${path}.effect`, effect, EFFECTS));
  return errors;
}

/** What must come to pass before a device is bound, and what must not: either says nothing without the other. */
export function validateBindingConditions({ bindingConditions, bindingFailureConditions }: Part, path: string): FieldError[] {
  const [awaited, feared]: [string[], string[]] = [bindingConditions ?? [], bindingFailureConditions ?? []];
  const [at, failureAt] = [`${path}.bindingConditions`, `${path}.bindingFailureConditions`];
  const repeated = (list: string[], i: number, of: string) => (list.indexOf(list[i] as string) < i ? [duplicate(`${of}[${i}]`, list[i])] : []);
  const errors = [
    ...validateList(awaited, CONDITIONS_MAX, at, validateLabelName),
    ...validateList(feared, CONDITIONS_MAX, failureAt, validateLabelName),
    ...awaited.flatMap((_, i) => repeated(awaited, i, at)),
    ...feared.flatMap((condition, i) => [
      ...repeated(feared, i, failureAt),
      ...(awaited.includes(condition)
        ? [invalid(`${failureAt}[${i}]`, condition, 'bindingFailureConditions must not overlap with bindingConditions')]
        : []),
    ]),
  ];
  if (awaited.length === 0 && feared.length > 0) {
    errors.push(invalid(at, bindingConditions, 'bindingConditions are required to use bindingFailureConditions'));
  }
  if (feared.length === 0 && awaited.length > 0) {
    errors.push(invalid(failureAt, bindingFailureConditions, 'bindingFailureConditions are required to use bindingConditions'));
  }
  return errors;
}
