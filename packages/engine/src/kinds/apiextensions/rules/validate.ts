import { equalJson } from '../../../core/json.ts';
import { CEL_EXPRESSION_STEPS_MAX, CEL_OBJECT_STEPS_MAX } from '../../../core/limits.ts';
import {
  CelError,
  type CelType,
  CostExceeded,
  fromJson,
  Meter,
  NONE,
  Optional,
  type Program,
  scopeOf,
  type Value,
} from '../../../machinery/cel/index.ts';
import { duplicate, type FieldError, forbiddenField, invalid, required } from '../../../machinery/field.ts';
import { oldField, oldItem } from '../schema/correlate.ts';
import { itemsOf, type JsonSchema, propertiesOf, type ValidationRule, valuesOf } from '../schema/types.ts';
import { type CompiledRule, rulesOf } from './compile.ts';
import { normalizedFieldPath } from './field-path.ts';

const MESSAGE_BYTES_MAX = 5 * 1024;

/** Where a rule runs. */
interface Site {
  value: unknown;
  /** undefined where there is nothing to compare with. */
  old: unknown;
  schema: JsonSchema;
  path: string;
  isRoot: boolean;
}

const trimmedRule = ({ rule, message }: ValidationRule): string => (message || rule || '').trim();
const defaultMessage = (rule: ValidationRule): string => (rule.message ? rule.message.trim() : `failed rule: ${trimmedRule(rule)}`);

/** How Go prints the path of the object itself. */
const shownPath = (path: string): string => (path === '' ? '<nil>' : path);

const failureText = (problem: string, rule: ValidationRule): string =>
  problem.startsWith('no such overload')
    ? `'${problem}': call arguments did not match a supported operator, function or macro signature for rule: ${trimmedRule(rule)}`
    : `${problem} evaluating rule: ${trimmedRule(rule)}`;

function finding(path: string, type: string, detail: string, reason: string | undefined): FieldError {
  switch (reason) {
    case 'FieldValueForbidden':
      return forbiddenField(path, detail);
    case 'FieldValueRequired':
      return required(path, detail);
    case 'FieldValueDuplicate':
      return duplicate(path, type);
    default:
      return invalid(path, type, detail);
  }
}

/** Runs all rules of an object within one budget. Models pkg/apiserver/schema/cel/validation.go of k8s.io/apiextensions-apiserver. */
class RuleRun {
  readonly errors: FieldError[] = [];
  private budget = CEL_OBJECT_STEPS_MAX;

  visit(site: Site): void {
    const { value, old, schema, path } = site;
    if (this.budget < 0) return;
    if (value !== null && value !== undefined) this.runRules(site);
    if (Array.isArray(value)) {
      const items = itemsOf(schema);
      if (items)
        for (const [i, item] of value.entries())
          this.visit({ value: item, old: oldItem(old, item, schema), schema: items, path: `${path}[${i}]`, isRoot: false });
      return;
    }
    if (typeof value === 'object' && value !== null) this.visitFields(site, value as Record<string, unknown>);
  }

  private visitFields({ old, schema, path }: Site, object: Record<string, unknown>): void {
    for (const [key, property] of propertiesOf(schema)) {
      if (!Object.hasOwn(object, key)) continue;
      this.visit({
        value: object[key],
        old: oldField(old, key, schema),
        schema: property,
        path: path === '' ? key : `${path}.${key}`,
        isRoot: false,
      });
    }
    const values = valuesOf(schema);
    if (!values) return;
    for (const key of Object.keys(object).sort()) {
      this.visit({ value: object[key], old: oldField(old, key, schema), schema: values, path: `${path}[${key}]`, isRoot: false });
    }
  }

  private runRules(site: Site): void {
    const { type, rules } = rulesOf(site.schema, site.isRoot);
    for (const compiled of rules) {
      if (compiled.program === undefined || (compiled.usesOldSelf && site.old === undefined && !compiled.rule.optionalOldSelf)) continue;
      this.runRule(site, type, compiled, compiled.program);
      if (this.budget < 0) return;
    }
  }

  private stop(site: Site, detail: string): void {
    this.errors.push(invalid(shownPath(site.path), site.schema.type ?? '', detail));
    this.budget = -1;
  }

  private runRule(site: Site, type: CelType, compiled: CompiledRule, program: Program): void {
    const { rule } = compiled;
    const shown = site.schema.type ?? '';
    const variables = this.variables(site, type, rule);
    const outcome = this.evaluate(program, variables);
    if (outcome instanceof CelError || this.budget < 0) {
      this.fail(site, rule, outcome);
      return;
    }
    if (outcome === true || this.isOld(site, compiled)) return;
    const below = rule.fieldPath ? normalizedFieldPath(rule.fieldPath, site.schema) : '';
    const path = below === '' ? site.path : site.path === '' || below.startsWith('[') ? site.path + below : `${site.path}.${below}`;
    this.errors.push(finding(shownPath(path), shown, this.message(compiled, variables), rule.reason));
  }

  private fail(site: Site, rule: ValidationRule, problem: unknown): void {
    if (this.budget < 0) this.stop(site, 'validation failed due to running out of cost budget, no further validation rules will be run');
    else if (problem instanceof CostExceeded) {
      this.stop(site, `'${problem.message}': no further validation rules will be run due to call cost exceeds limit for rule: ${trimmedRule(rule)}`);
    } else this.errors.push(invalid(shownPath(site.path), site.schema.type ?? '', failureText((problem as CelError).message, rule)));
  }

  /** What was wrong before and has not changed may stay (CRDValidationRatcheting). */
  private isOld({ value, old }: Site, { usesOldSelf }: CompiledRule): boolean {
    return !usesOldSelf && old !== undefined && equalJson(value, old);
  }

  private variables({ value, old }: Site, type: CelType, { optionalOldSelf }: ValidationRule): Record<string, Value> {
    const before = old === undefined ? undefined : fromJson(old, type);
    const oldSelf = optionalOldSelf ? (before === undefined ? NONE : new Optional(before)) : before;
    return { self: fromJson(value, type), ...(oldSelf === undefined ? {} : { oldSelf }) };
  }

  private evaluate(program: Program, variables: Record<string, Value>): Value | CelError {
    const meter = new Meter(CEL_EXPRESSION_STEPS_MAX);
    try {
      return program.run(scopeOf(variables), meter);
    } catch (problem) {
      if (problem instanceof CelError) return problem;
      throw problem;
    } finally {
      this.budget -= CEL_EXPRESSION_STEPS_MAX - meter.left;
    }
  }

  /** A message that cannot be made falls back to the one that is written. */
  private message({ rule, message }: CompiledRule, variables: Record<string, Value>): string {
    const made = message && this.evaluate(message, variables);
    const text = typeof made === 'string' ? made.trim() : '';
    return text === '' || text.length > MESSAGE_BYTES_MAX || text.includes('\n') ? defaultMessage(rule) : text;
  }
}

const having = new WeakMap<JsonSchema, boolean>();

/** Whether there is a rule anywhere in a schema. */
export function hasRules(schema: JsonSchema): boolean {
  const known = having.get(schema);
  if (known !== undefined) return known;
  const below = [...propertiesOf(schema).map(([, property]) => property), itemsOf(schema), valuesOf(schema)];
  const found = (schema['x-kubernetes-validations'] ?? []).length > 0 || below.some((each) => each !== undefined && hasRules(each));
  having.set(schema, found);
  return found;
}

export function validateRules(value: unknown, old: unknown, schema: JsonSchema): FieldError[] {
  if (!hasRules(schema)) return [];
  const run = new RuleRun();
  run.visit({ value, old, schema, path: '', isRoot: true });
  return run.errors;
}
