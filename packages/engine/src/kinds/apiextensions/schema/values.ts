import { equalJson } from '../../../core/json.ts';
import { type FieldError, invalid, notSupported, required, tooLong, tooMany, typeInvalid } from '../../../machinery/field.ts';
import { compileRegex, RegexError } from '../../../machinery/regex/index.ts';
import { semanticEqual } from '../../shared/equal.ts';
import { oldField, oldItem } from './correlate.ts';
import { hasFormat } from './formats.ts';
import { itemsOf, type JsonSchema, propertiesOf, valuesOf } from './types.ts';

/** Where a value stands: the path of the finding, and what the message calls it. */
export interface Place {
  field: string;
  name: string;
  /** The value as it was before, where that can be told: what has not changed may stay wrong (CRDValidationRatcheting). */
  old?: unknown;
}

type Rule = (value: unknown, schema: JsonSchema, place: Place) => FieldError[];

const child = ({ field, name, old }: Place, key: string, schema: JsonSchema): Place => ({
  field: field ? `${field}.${key}` : key,
  name: name ? `${name}.${key}` : key,
  old: oldField(old, key, schema),
});
const element = ({ field, name, old }: Place, index: number, item: unknown, schema: JsonSchema): Place => ({
  field: `${field}[${index}]`,
  name: `${name}[${index}]`,
  old: oldItem(old, item, schema),
});
const says = ({ name }: Place, text: string): string => `${name} in body ${text}`;

export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function hasType(value: unknown, schema: JsonSchema): boolean {
  const actual = typeOf(value);
  if (schema['x-kubernetes-int-or-string']) return actual === 'integer' || actual === 'string';
  if (!schema.type) return true;
  return actual === schema.type || (schema.type === 'number' && actual === 'integer');
}

const checkType: Rule = (value, schema, place) => {
  if (value === null && schema.nullable) return [];
  if (hasType(value, schema)) {
    const { format } = schema;
    if (typeof value !== 'string' || !format || hasFormat(format, value)) return [];
    return [typeInvalid(place.field, value, says(place, `must be of type ${format}: ${JSON.stringify(value)}`))];
  }
  const actual = typeOf(value);
  const wanted = schema['x-kubernetes-int-or-string'] ? 'integer,string' : schema.type;
  return [typeInvalid(place.field, actual, says(place, `must be of type ${wanted}: ${JSON.stringify(actual)}`))];
};

/** How many values a schema looks at within a value: the alternative that knows most of it tells best what is wrong. */
function reach(value: unknown, schema: JsonSchema): number {
  const items = itemsOf(schema);
  if (Array.isArray(value)) return items ? value.reduce((sum, item) => sum + reach(item, items), 1) : 1;
  if (typeof value !== 'object' || value === null) return 1;
  const object = value as Record<string, unknown>;
  return propertiesOf(schema).reduce((sum, [key, property]) => (Object.hasOwn(object, key) ? sum + reach(object[key], property) : sum), 1);
}

function bestFailures(value: unknown, schemas: readonly JsonSchema[], failures: readonly FieldError[][]): FieldError[] {
  const reached = schemas.map((each) => reach(value, each));
  return failures[reached.indexOf(Math.max(...reached))] as FieldError[];
}

/** Findings about combinations name no field. Models pkg/validation/validate/schema_props.go of k8s.io/kube-openapi. */
const checkCombinations: Rule = (value, schema, place) => {
  const errors: FieldError[] = [];
  const attempts = (list: JsonSchema[] | undefined): FieldError[][] => (list ?? []).map((each) => validateValue(value, each, place));
  const valid = (failures: FieldError[][]): number => failures.filter((each) => each.length === 0).length;
  const fail = (text: string): number => errors.push(invalid('<nil>', '', `${JSON.stringify(place.name)} ${text}`));
  const { anyOf, oneOf, allOf, not } = schema;
  const any = attempts(anyOf);
  if (anyOf?.length && valid(any) === 0) {
    fail('must validate at least one schema (anyOf)');
    errors.push(...bestFailures(value, anyOf, any));
  }
  const one = attempts(oneOf);
  if (oneOf?.length && valid(one) !== 1) {
    fail(`must validate one and only one schema (oneOf). ${valid(one) === 0 ? 'Found none valid' : `Found ${valid(one)} valid alternatives`}`);
    if (valid(one) === 0) errors.push(...bestFailures(value, oneOf, one));
  }
  const all = attempts(allOf);
  if (valid(all) < all.length) {
    errors.push(...all.flat());
    fail(`must validate all the schemas (allOf)${valid(all) === 0 ? '. None validated' : ''}`);
  }
  if (not && validateValue(value, not, place).length === 0) fail('must not validate the schema (not)');
  return errors;
};

/** The pattern as a finding names it, where a text does not match it. */
function patternMismatch(text: string, pattern: string): string | undefined {
  try {
    return compileRegex(pattern).test(text) ? undefined : pattern;
  } catch (problem) {
    if (!(problem instanceof RegexError)) throw problem;
    return `${pattern}, but pattern is invalid: ${problem.message}`;
  }
}

const checkString: Rule = (value, schema, place) => {
  if (typeof value !== 'string') return [];
  const length = [...value].length;
  const errors: FieldError[] = [];
  if (schema.maxLength !== undefined && length > schema.maxLength) errors.push(tooLong(place.field, schema.maxLength));
  if (schema.minLength !== undefined && length < schema.minLength) {
    errors.push(invalid(place.field, value, says(place, `should be at least ${schema.minLength} chars long`)));
  }
  const mismatch = schema.pattern === undefined ? undefined : patternMismatch(value, schema.pattern);
  if (mismatch !== undefined) errors.push(invalid(place.field, value, says(place, `should match '${mismatch}'`)));
  return errors;
};

const checkNumber: Rule = (value, schema, place) => {
  if (typeof value !== 'number') return [];
  const errors: FieldError[] = [];
  const fail = (text: string): number => errors.push(invalid(place.field, value, says(place, text)));
  const { multipleOf, maximum, minimum } = schema;
  if (multipleOf !== undefined && !Number.isInteger(value / multipleOf)) fail(`should be a multiple of ${multipleOf}`);
  if (maximum !== undefined && (schema.exclusiveMaximum ? value >= maximum : value > maximum)) {
    fail(`should be less than ${schema.exclusiveMaximum ? '' : 'or equal to '}${maximum}`);
  }
  if (minimum !== undefined && (schema.exclusiveMinimum ? value <= minimum : value < minimum)) {
    fail(`should be greater than ${schema.exclusiveMinimum ? '' : 'or equal to '}${minimum}`);
  }
  return errors;
};

const checkArray: Rule = (value, schema, place) => {
  if (!Array.isArray(value)) return [];
  const { minItems, maxItems } = schema;
  const items = itemsOf(schema);
  const errors = items ? value.flatMap((item, i) => validateValue(item, items, element(place, i, item, schema))) : [];
  if (minItems !== undefined && value.length < minItems) {
    errors.push(invalid(place.field, value.length, says(place, `should have at least ${minItems} items`)));
  }
  if (maxItems !== undefined && value.length > maxItems) errors.push(tooMany(place.field, value.length, maxItems));
  return errors;
};

const checkEnum: Rule = (value, schema, place) => {
  if (!schema.enum || schema.enum.length === 0 || schema.enum.some((allowed) => semanticEqual(allowed, value))) return [];
  if (value === null && schema.nullable) return [];
  return [
    notSupported(
      place.field,
      value,
      schema.enum.map((allowed) => (typeof allowed === 'string' ? allowed : JSON.stringify(allowed))),
    ),
  ];
};

const checkObject: Rule = (value, schema, place) => {
  if (typeOf(value) !== 'object') return [];
  const object = value as Record<string, unknown>;
  const { minProperties, maxProperties, additionalProperties, required: names = [] } = schema;
  const keys = Object.keys(object).sort();
  if (minProperties !== undefined && keys.length < minProperties) {
    return [invalid(place.field, keys.length, says(place, `should have at least ${minProperties} properties`))];
  }
  if (maxProperties !== undefined && keys.length > maxProperties) return [tooMany(place.field, keys.length, maxProperties)];
  const unknown = keys.filter((key) => !Object.hasOwn(schema.properties ?? {}, key));
  const errors: FieldError[] = [];
  const values = valuesOf(schema);
  if (additionalProperties === false) {
    for (const key of unknown) errors.push(invalid(place.field, value, `${place.name}.${key} in body is a forbidden property`));
  } else if (values) for (const key of unknown) errors.push(...validateValue(object[key], values, child(place, key, schema)));
  for (const [key, property] of propertiesOf(schema)) {
    if (Object.hasOwn(object, key)) errors.push(...validateValue(object[key], property, child(place, key, schema)));
  }
  for (const key of names) if (!Object.hasOwn(object, key)) errors.push(required(child(place, key, schema).field));
  return errors;
};

const RULES: readonly Rule[] = [checkType, checkCombinations, checkString, checkNumber, checkArray, checkEnum, checkObject];

/** Every finding about a value against a schema, in the order of the validators of k8s.io/kube-openapi/pkg/validation/validate. */
export function validateValue(value: unknown, schema: JsonSchema, place: Place): FieldError[] {
  if (place.old !== undefined && equalJson(value, place.old)) return [];
  return RULES.flatMap((rule) => rule(value, schema, place));
}
