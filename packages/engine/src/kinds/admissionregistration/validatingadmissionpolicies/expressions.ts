import { duplicate, type FieldError, invalid, notSupported, required, tooMany } from '../../../machinery/field.ts';
import { compilePolicy, type Expression } from '../../../machinery/policy/compile.ts';
import type { PolicySpec, Validation } from '../../../machinery/policy/types.ts';
import { validateQualifiedName } from '../../shared/fields.ts';

// Models the parts about expressions of pkg/apis/admissionregistration/validation/validation.go.
const CONDITIONS_MAX = 64;
const REASONS = ['Forbidden', 'Invalid', 'RequestEntityTooLarge', 'Unauthorized'];
const IDENTIFIER = /^[_a-zA-Z][_a-zA-Z0-9]*$/;
const UNSPECIFIED = 'expression is not specified';

const checkExpression = ({ source, error }: Expression, path: string): FieldError[] => (error === undefined ? [] : [invalid(path, source, error)]);

export function validateMatchConditions(spec: PolicySpec, path: string): FieldError[] {
  const conditions = spec.matchConditions ?? [];
  const compiled = compilePolicy(spec).matchConditions;
  const errors = conditions.length > CONDITIONS_MAX ? [tooMany(path, conditions.length, CONDITIONS_MAX)] : [];
  for (const [i, { name, expression }] of conditions.entries()) {
    const at = `${path}[${i}]`;
    errors.push(...(expression?.trim() ? checkExpression(compiled[i] as Expression, `${at}.expression`) : [required(`${at}.expression`)]));
    errors.push(...(name ? validateQualifiedName(name, `${at}.name`) : [required(`${at}.name`)]));
    if (name && conditions.findIndex((other) => other.name === name) < i) errors.push(duplicate(`${at}.name`, name));
  }
  return errors;
}

export function validateVariables(spec: PolicySpec, path: string): FieldError[] {
  const compiled = compilePolicy(spec).variables;
  return (spec.variables ?? []).flatMap(({ name, expression }, i) => {
    const at = `${path}[${i}]`;
    const errors: FieldError[] = [];
    if (!name?.trim()) errors.push(required(`${at}.name`, 'name is not specified'));
    else if (!IDENTIFIER.test(name)) errors.push(invalid(`${at}.name`, name, 'name is not a valid CEL identifier'));
    if (!expression?.trim()) return [...errors, required(`${at}.expression`, UNSPECIFIED)];
    return [...errors, ...checkExpression(compiled.get(name) as Expression, `${at}.expression`)];
  });
}

function checkMessage({ message }: Validation, path: string): FieldError[] {
  const trimmed = message?.trim() ?? '';
  if (message && trimmed === '') return [invalid(path, message, 'message must be non-empty if specified')];
  return trimmed.includes('\n') ? [invalid(path, message, 'message must not contain line breaks')] : [];
}

export function validateValidations(spec: PolicySpec, path: string): FieldError[] {
  return compilePolicy(spec).validations.flatMap(({ validation, expression, message }, i) => {
    const at = `${path}[${i}]`;
    const { messageExpression, reason } = validation;
    const errors = validation.expression?.trim() ? checkExpression(expression, `${at}.expression`) : [required(`${at}.expression`, UNSPECIFIED)];
    if (messageExpression && !messageExpression.trim()) {
      errors.push(invalid(`${at}.messageExpression`, messageExpression, 'must be non-empty if specified'));
    } else if (message) errors.push(...checkExpression(message, `${at}.messageExpression`));
    errors.push(...checkMessage(validation, `${at}.message`));
    return reason === undefined || REASONS.includes(reason) ? errors : [...errors, notSupported(`${at}.reason`, reason, REASONS)];
  });
}

export function validateAuditAnnotations(spec: PolicySpec, path: string): FieldError[] {
  const seen = new Set<string>();
  return compilePolicy(spec).auditAnnotations.flatMap(({ key, expression }, i) => {
    const at = `${path}[${i}]`;
    const errors = key ? validateQualifiedName(key, `${at}.key`) : [required(`${at}.key`)];
    if (!expression.source?.trim()) errors.push(required(`${at}.valueExpression`, 'valueExpression is not specified'));
    else errors.push(...checkExpression(expression, `${at}.valueExpression`));
    if (seen.has(key)) errors.push(duplicate(`${at}.key`, key));
    seen.add(key);
    return errors;
  });
}
