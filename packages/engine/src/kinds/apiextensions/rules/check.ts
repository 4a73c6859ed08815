import { type FieldError, invalid, notSupported, required } from '../../../machinery/field.ts';
import { eachInvalid } from '../../shared/fields.ts';
import type { JsonSchema, ValidationRule } from '../schema/types.ts';
import { type CompiledRule, rulesOf } from './compile.ts';
import { type CostContext, checkCosts } from './costs.ts';
import { fieldPathProblems } from './field-path.ts';

const REASONS = ['FieldValueDuplicate', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueRequired'];

/** Whether the rule's value can be told apart from its neighbours in the object as it was before. */
export interface RuleContext {
  isRoot: boolean;
  /** Where no rule may look at oldSelf, the list or map that is to blame. */
  uncorrelatable?: string;
  /** The server compiles no rules of a schema that is not structural. */
  compiles: boolean;
  /** Inside of kind, apiVersion or metadata of a whole object. */
  isInMeta?: boolean;
  /** Why nothing may have a default here. */
  forbidsDefaults?: string;
  /** Absent where costs are no reason to refuse: the schema has been accepted before. */
  costs?: CostContext;
}

/** How Go prints the rule, which has no names of its own in JSON. */
const shownRule = ({ rule, message, messageExpression, reason, fieldPath, optionalOldSelf }: ValidationRule): unknown => ({
  Rule: rule ?? '',
  Message: message ?? '',
  MessageExpression: messageExpression ?? '',
  Reason: reason ?? null,
  FieldPath: fieldPath ?? '',
  OptionalOldSelf: optionalOldSelf ?? null,
});

function checkTexts(rule: ValidationRule, path: string): FieldError[] {
  const { message, reason } = rule;
  const errors: FieldError[] = [];
  const trimmed = message?.trim() ?? '';
  if (!rule.rule?.trim()) errors.push(required(`${path}.rule`, 'rule is not specified'));
  else if (message && trimmed === '') errors.push(invalid(`${path}.message`, message, 'message must be non-empty if specified'));
  else if (trimmed.includes('\n')) errors.push(invalid(`${path}.message`, message, 'message must not contain line breaks'));
  else if (trimmed === '' && rule.rule?.trim().includes('\n'))
    errors.push(required(`${path}.message`, 'message must be specified if rule contains line breaks'));
  if (rule.messageExpression && rule.messageExpression.trim() === '') {
    errors.push(required(`${path}.messageExpression`, 'messageExpression must be non-empty if specified'));
  }
  if (reason !== undefined && !REASONS.includes(reason)) errors.push(notSupported(`${path}.reason`, reason, REASONS));
  return errors;
}

function checkCompiled(compiled: CompiledRule, context: RuleContext, path: string): FieldError[] {
  const { rule, error, messageError, usesOldSelf } = compiled;
  const errors: FieldError[] = [];
  if (error !== undefined) errors.push(invalid(`${path}.rule`, shownRule(rule), error));
  if (messageError !== undefined) errors.push(invalid(`${path}.messageExpression`, shownRule(rule), messageError));
  if (usesOldSelf && context.uncorrelatable !== undefined) {
    errors.push(
      invalid(`${path}.rule`, rule.rule, `oldSelf cannot be used on the uncorrelatable portion of the schema within ${context.uncorrelatable}`),
    );
  }
  if (!usesOldSelf && rule.optionalOldSelf !== undefined) {
    errors.push(invalid(`${path}.optionalOldSelf`, rule.optionalOldSelf, 'may not be set if oldSelf is not used in rule'));
  }
  return context.costs ? [...errors, ...checkCosts(compiled, context.costs, path)] : errors;
}

/** Models the part about rules of ValidateCustomResourceDefinitionOpenAPISchema. */
export function checkRules(schema: JsonSchema, context: RuleContext, path: string): FieldError[] {
  const written = schema['x-kubernetes-validations'] ?? [];
  if (written.length === 0) return [];
  const at = (i: number): string => `${path}.x-kubernetes-validations[${i}]`;
  const errors = written.flatMap((rule, i) => {
    const found = checkTexts(rule, at(i));
    const problems = rule.fieldPath ? fieldPathProblems(rule.fieldPath, schema) : [];
    return [...found, ...eachInvalid(`${at(i)}.fieldPath`, rule.fieldPath, problems)];
  });
  if (!context.compiles) return errors;
  return [...errors, ...rulesOf(schema, context.isRoot).rules.flatMap((compiled, i) => checkCompiled(compiled, context, at(i)))];
}
