import { duplicate, type FieldError, invalid, notSupported, required, tooLong } from '../../machinery/field.ts';
import { eachInvalid, type Part } from './fields.ts';
import { validateLabelName } from './labels.ts';
import { byteLength, checkText, textRule } from './text.ts';

// Models ValidateConditions in k8s.io/apimachinery/pkg/apis/meta/v1/validation.
const STATUSES = ['False', 'True', 'Unknown'];
const REASON_BYTES_MAX = 1024;
const MESSAGE_BYTES_MAX = 32 * 1024;

const reasonRule = textRule(
  "a condition reason must start with alphabetic character, optionally followed by a string of alphanumeric characters or '_,:', and must end with an alphanumeric character or '_'",
  '[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?',
  'my_name',
  'MY_NAME',
  'MyName',
  'ReasonA,ReasonB',
  'ReasonA:ReasonB',
);

function validateCondition(
  { type, status = '', observedGeneration = 0, lastTransitionTime, reason = '', message = '' }: Part,
  path: string,
): FieldError[] {
  const errors = validateLabelName(type, `${path}.type`);
  if (!STATUSES.includes(status)) errors.push(notSupported(`${path}.status`, status, STATUSES));
  if (observedGeneration < 0) errors.push(invalid(`${path}.observedGeneration`, observedGeneration, 'must be greater than or equal to zero'));
  if (!lastTransitionTime) errors.push(required(`${path}.lastTransitionTime`, 'must be set'));
  if (reason === '') errors.push(required(`${path}.reason`, 'must be set'));
  else {
    errors.push(...eachInvalid(`${path}.reason`, reason, checkText(reason, reasonRule)));
    if (byteLength(reason) > REASON_BYTES_MAX) errors.push(tooLong(`${path}.reason`, REASON_BYTES_MAX));
  }
  if (byteLength(message) > MESSAGE_BYTES_MAX) errors.push(tooLong(`${path}.message`, MESSAGE_BYTES_MAX));
  return errors;
}

export function validateConditions(conditions: Part[] | undefined, path: string): FieldError[] {
  const seen = new Set<string>();
  return (conditions ?? []).flatMap((condition, i) => {
    const repeated = seen.has(condition.type) ? [duplicate(`${path}[${i}].type`, condition.type)] : [];
    seen.add(condition.type);
    return [...repeated, ...validateCondition(condition, `${path}[${i}]`)];
  });
}
