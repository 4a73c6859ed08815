import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../../machinery/field.ts';
import { compileRegex, RegexError } from '../../../machinery/regex/index.ts';
import { checkRules, type RuleContext } from '../rules/check.ts';
import { costBelow } from '../rules/costs.ts';
import { itemsOf, type JsonSchema, propertiesOf, valuesOf } from './types.ts';

// Models ValidateCustomResourceDefinitionOpenAPISchema in pkg/apis/apiextensions/validation of k8s.io/apiextensions-apiserver.
const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const LIST_TYPES = ['atomic', 'set', 'map'];
const MAP_TYPES = ['atomic', 'granular'];
const LIST_TYPE = 'x-kubernetes-list-type';
const LIST_KEYS = 'x-kubernetes-list-map-keys';
const MAP_TYPE = 'x-kubernetes-map-type';
const UNSUPPORTED = ['id', '$schema', '$ref', 'additionalItems', 'patternProperties', 'definitions', 'dependencies'];

const mustBe = (type: string | undefined, wanted: string, extension: string, path: string): FieldError[] => {
  if (type === wanted) return [];
  const detail = `must be ${wanted} if ${extension} is specified`;
  return [type ? invalid(`${path}.type`, type, detail) : required(`${path}.type`, detail)];
};

function checkKeywords(schema: JsonSchema, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (schema.type && schema.type !== 'null' && !TYPES.includes(schema.type)) errors.push(notSupported(`${path}.type`, schema.type, TYPES));
  for (const keyword of UNSUPPORTED)
    if (schema[keyword] !== undefined) errors.push(forbiddenField(`${path}.${keyword}`, `${keyword} is not supported`));
  if (schema.type === 'null') errors.push(forbiddenField(`${path}.type`, 'type cannot be set to null, use nullable as an alternative'));
  if (schema.uniqueItems) {
    errors.push(forbiddenField(`${path}.uniqueItems`, 'uniqueItems cannot be set to true since the runtime complexity becomes quadratic'));
  }
  if (schema.additionalProperties !== undefined && schema.additionalProperties !== true && Object.keys(schema.properties ?? {}).length > 0) {
    errors.push(forbiddenField(`${path}.additionalProperties`, 'additionalProperties and properties are mutual exclusive'));
  }
  return errors;
}

function checkListMap(schema: JsonSchema, path: string): FieldError[] {
  const keys = schema[LIST_KEYS] ?? [];
  const errors: FieldError[] = [];
  if (keys.length === 0) errors.push(required(`${path}.${LIST_KEYS}`, `must not be empty if ${LIST_TYPE} is map`));
  const items = itemsOf(schema);
  if (!items) return [...errors, required(`${path}.items`, `must have a schema if ${LIST_TYPE} is map`)];
  if (items.type !== 'object') {
    errors.push(invalid(`${path}.items.type`, items.type ?? '', `must be object if parent array's ${LIST_TYPE} is map`));
  }
  for (const [i, key] of keys.entries()) {
    const property = items.properties?.[key];
    if (!property) errors.push(invalid(`${path}.${LIST_KEYS}`, keys, 'entries must all be names of item properties'));
    else if (property.type === 'array' || property.type === 'object') {
      errors.push(invalid(`${path}.items.properties[${key}].type`, property.type, `must be a scalar type if parent array's ${LIST_TYPE} is map`));
    }
    if (keys.indexOf(key) < i) errors.push(invalid(`${path}.${LIST_KEYS}`, keys, 'must not contain duplicate entries'));
    if (property && property.default === undefined && !items.required?.includes(key)) {
      const detail = `this property is in ${LIST_KEYS}, so it must have a default or be a required property`;
      errors.push(required(`${path}.items.properties[${key}].default`, detail));
    }
  }
  return errors;
}

/** What is compared as a whole must be owned as a whole. */
function checkSetItems(items: JsonSchema | undefined, path: string): FieldError[] {
  const detail = `must be atomic as item of a list with ${LIST_TYPE}=set`;
  const { [LIST_TYPE]: listType, [MAP_TYPE]: mapType } = items ?? {};
  if (items?.type === 'array' && listType !== undefined && listType !== 'atomic') return [invalid(`${path}.${LIST_TYPE}`, listType, detail)];
  // Upstream shows the list type here, too, although it speaks of the map type.
  if (items?.type === 'object' && mapType !== 'atomic') return [invalid(`${path}.${MAP_TYPE}`, listType, detail)];
  return [];
}

function checkExtensions(schema: JsonSchema, path: string): FieldError[] {
  const { [LIST_TYPE]: listType, [MAP_TYPE]: mapType, [LIST_KEYS]: keys = [] } = schema;
  const errors: FieldError[] = [];
  if (schema['x-kubernetes-preserve-unknown-fields'] === false) {
    errors.push(invalid(`${path}.x-kubernetes-preserve-unknown-fields`, false, 'must be true or undefined'));
  }
  if (mapType !== undefined) {
    errors.push(...mustBe(schema.type, 'object', MAP_TYPE, path));
    if (!MAP_TYPES.includes(mapType)) errors.push(notSupported(`${path}.${MAP_TYPE}`, mapType, MAP_TYPES));
  }
  if (listType !== undefined) {
    errors.push(...mustBe(schema.type, 'array', LIST_TYPE, path));
    if (!LIST_TYPES.includes(listType)) errors.push(notSupported(`${path}.${LIST_TYPE}`, listType, LIST_TYPES));
  }
  if (keys.length > 0 && listType !== 'map') {
    const detail = `must be map if ${LIST_KEYS} is non-empty`;
    errors.push(listType === undefined ? required(`${path}.${LIST_TYPE}`, detail) : invalid(`${path}.${LIST_TYPE}`, listType, detail));
  }
  if (listType === 'set') errors.push(...checkSetItems(itemsOf(schema), `${path}.items`));
  return listType === 'map' ? [...errors, ...checkListMap(schema, path)] : errors;
}

function checkPattern({ pattern }: JsonSchema, path: string): FieldError[] {
  if (!pattern) return [];
  try {
    compileRegex(pattern);
    return [];
  } catch (problem) {
    if (!(problem instanceof RegexError)) throw problem;
    return [invalid(`${path}.pattern`, pattern, `must be a valid regular expression, but isn't: ${problem.message}`)];
  }
}

/** Keywords whose use breaks no structure, yet which the server does not support. */
export function validateOpenApi(schema: JsonSchema, path: string, context: RuleContext): FieldError[] {
  const errors = [...checkKeywords(schema, path), ...checkPattern(schema, path)];
  const atomic = (holds: boolean): RuleContext => ({
    ...context,
    isRoot: false,
    ...(holds && context.uncorrelatable === undefined ? { uncorrelatable: path } : {}),
  });
  const inMap = atomic(schema['x-kubernetes-map-type'] === 'atomic');
  const costs = context.costs ? { costs: costBelow(schema, context.costs) } : {};
  const below = (each: JsonSchema, at: string, inner: RuleContext = inMap): FieldError[] => validateOpenApi(each, at, { ...inner, ...costs });
  const values = valuesOf(schema);
  if (values) errors.push(...below(values, `${path}.additionalProperties`));
  for (const [name, property] of propertiesOf(schema)) errors.push(...below(property, `${path}.properties[${name}]`));
  if (schema.not) errors.push(...below(schema.not, `${path}.not`));
  for (const keyword of ['allOf', 'oneOf', 'anyOf'] as const) {
    errors.push(...(schema[keyword] ?? []).flatMap((each, i) => below(each, `${path}.${keyword}[${i}]`)));
  }
  const items = itemsOf(schema);
  if (items) errors.push(...below(items, `${path}.items`, atomic(schema[LIST_TYPE] !== 'map')));
  return [...errors, ...checkExtensions(schema, path), ...checkRules(schema, context, path)];
}
