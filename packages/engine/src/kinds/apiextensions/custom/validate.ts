import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, type FieldErrorType, invalid } from '../../../machinery/field.ts';
import { hasRules, validateRules } from '../rules/validate.ts';
import { validateLists } from '../schema/lists.ts';
import type { JsonSchema } from '../schema/types.ts';
import { validateValue } from '../schema/values.ts';
import { validateEmbedded } from './embedded.ts';

/** Findings after which a value is too odd for rules to look at it. Models hasBlockingErr. */
const BLOCKING: readonly FieldErrorType[] = ['FieldValueRequired', 'FieldValueTooLong', 'FieldValueTooMany', 'FieldValueTypeInvalid'];
const UNCHECKED = 'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation';

/** Models Validate and ValidateUpdate in pkg/registry/customresource/strategy.go of k8s.io/apiextensions-apiserver. */
export function validateInstance(object: KubeObject, old: KubeObject | undefined, schema: JsonSchema): FieldError[] {
  const errors = validateValue(object, schema, { field: '', name: '', old });
  errors.push(...validateEmbedded(object, schema, ''));
  if (!old || validateLists(old, schema, '').length === 0) errors.push(...validateLists(object, schema, ''));
  if (!hasRules(schema)) return errors;
  if (errors.some(({ type }) => BLOCKING.includes(type))) return [...errors, invalid('<nil>', null, UNCHECKED)];
  return [...errors, ...validateRules(object, old, schema)];
}
