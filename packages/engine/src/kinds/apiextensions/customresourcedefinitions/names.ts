import { type FieldError, invalid, required } from '../../../machinery/field.ts';
import type { Part } from '../../shared/fields.ts';
import { isDns1035Label } from '../../shared/names.ts';

const problem = (value: string): string => isDns1035Label(value).join(',');

const check = (value: string, path: string): FieldError[] => (problem(value) === '' ? [] : [invalid(path, value, problem(value))]);

/** Names of kinds are labels but for their capitals. */
const checkKind = (value: string | undefined, path: string): FieldError[] => {
  const found = value ? problem(value.toLowerCase()) : '';
  return found === '' ? [] : [invalid(path, value, `may have mixed case, but should otherwise match: ${found}`)];
};

/** Models ValidateCustomResourceDefinitionNames, and before it what only a spec must have. */
export function validateNames(names: Part, path: string): FieldError[] {
  const errors = ['plural', 'singular', 'kind', 'listKind'].filter((field) => !names[field]).map((field) => required(`${path}.${field}`));
  for (const field of ['plural', 'singular']) if (names[field]) errors.push(...check(names[field], `${path}.${field}`));
  errors.push(...checkKind(names.kind, `${path}.kind`), ...checkKind(names.listKind, `${path}.listKind`));
  for (const [i, name] of (names.shortNames ?? []).entries()) errors.push(...check(name, `${path}.shortNames[${i}]`));
  if (names.kind && names.kind === names.listKind) errors.push(invalid(`${path}.listKind`, names.listKind, 'kind and listKind may not be the same'));
  for (const [i, name] of (names.categories ?? []).entries()) errors.push(...check(name, `${path}.categories[${i}]`));
  return errors;
}
