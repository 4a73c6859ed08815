import { type FieldError, invalid, required, tooLong, tooMany } from '../../../machinery/field.ts';
import { type Part, validateNonNegative } from '../../shared/fields.ts';
import { goStruct } from '../../shared/go/show.ts';
import { parseIndexes } from './indexes.ts';

const RULES_MAX = 20;
const INDEXES_BYTES_MAX = 64 * 1024;

function validateRule(rule: Part, completions: number, path: string): FieldError[] {
  const { succeededCount: count, succeededIndexes: indexes } = rule;
  const errors: FieldError[] = [];
  if (count === undefined && indexes === undefined) {
    errors.push(required(path, 'at least one of succeededCount or succeededIndexes must be specified'));
  }
  let total = 0;
  if (indexes !== undefined) {
    if (indexes.length > INDEXES_BYTES_MAX) errors.push(tooLong(`${path}.succeededIndexes`, INDEXES_BYTES_MAX));
    const parsed = parseIndexes(indexes, completions);
    if ('problem' in parsed) errors.push(invalid(`${path}.succeededIndexes`, indexes, `error parsing succeededIndexes: ${parsed.problem}`));
    else total = parsed.total;
  }
  if (count === undefined) return errors;
  const at = `${path}.succeededCount`;
  errors.push(...validateNonNegative(count, at));
  if (count > completions) errors.push(invalid(at, count, `must be less than or equal to ${completions} (the number of specified completions)`));
  if (indexes !== undefined && count > total) {
    errors.push(invalid(at, count, `must be less than or equal to ${total} (the number of indexes in the specified succeededIndexes field)`));
  }
  return errors;
}

/** Models validateSuccessPolicy in pkg/apis/batch/validation/validation.go. */
export function validateSuccessPolicy(spec: Part, path: string): FieldError[] {
  if (spec.completionMode !== 'Indexed') return [invalid(path, goStruct('SuccessPolicy', spec.successPolicy), 'requires indexed completion mode')];
  const rules: Part[] = spec.successPolicy.rules ?? [];
  const errors: FieldError[] = [];
  if (rules.length === 0) errors.push(required(`${path}.rules`, 'at least one rules must be specified when the successPolicy is specified'));
  if (rules.length > RULES_MAX) errors.push(tooMany(`${path}.rules`, rules.length, RULES_MAX));
  return [...errors, ...rules.flatMap((rule, i) => validateRule(rule, spec.completions ?? 0, `${path}.rules[${i}]`))];
}
