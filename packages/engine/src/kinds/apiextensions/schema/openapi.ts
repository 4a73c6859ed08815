import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../../machinery/field.ts';
import { compileRegex, RegexError } from '../../../machinery/regex/index.ts';
import { ownValue } from '../../shared/fields.ts';
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
const UNSUPPORTED = ['id', '$schema', 'additionalItems', 'patternProperties', 'definitions', 'dependencies', '$ref'];
const META_FIELDS = ['metadata', 'kind', 'apiVersion'];
const EMBEDDED = 'x-kubernetes-embedded-resource';

const mustBe = (type: string | undefined, wanted: string, extension: string, path: string): FieldError[] => {
  if (type === wanted) return [];
  const detail = `must be ${wanted} if ${extension} is specified`;
  return [type ? invalid(`${path}.type`, type, detail) : required(`${path}.type`, detail)];
};

function checkKeywords(schema: JsonSchema, { forbidsDefaults, isInMeta }: RuleContext, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (schema.type && !TYPES.includes(schema.type)) errors.push(notSupported(`${path}.type`, schema.type, TYPES));
  if (schema.default !== undefined && forbidsDefaults) errors.push(forbiddenField(`${path}.default`, `must not be set ${forbidsDefaults}`));
  for (const keyword of UNSUPPORTED)
    if (schema[keyword] !== undefined) errors.push(forbiddenField(`${path}.${keyword}`, `${keyword} is not supported`));
  if (schema.type === 'null') errors.push(forbiddenField(`${path}.type`, 'type cannot be set to null, use nullable as an alternative'));
  if (Array.isArray(schema.items) && schema.items.length > 0)
    errors.push(forbiddenField(`${path}.items`, 'items must be a schema object and not an array'));
  if (isInMeta && schema[EMBEDDED]) errors.push(forbiddenField(`${path}.${EMBEDDED}`, 'must not be used inside of resource meta'));
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
    const property = ownValue(items.properties, key);
    if (!property) errors.push(invalid(`${path}.${LIST_KEYS}`, keys, 'entries must all be names of item properties'));
    else if (property.type === 'array' || property.type === 'object') {
      errors.push(invalid(`${path}.items.properties[${key}].type`, items.type, `must be a scalar type if parent array's ${LIST_TYPE} is map`));
    }
    if (keys.indexOf(key) < i) errors.push(invalid(`${path}.${LIST_KEYS}`, keys, 'must not contain duplicate entries'));
  }
  return errors;
}

/** Keys are there and say something. Models validateMapListKeysMapSet. */
function checkListItems(schema: JsonSchema, path: string): FieldError[] {
  const listType = schema[LIST_TYPE];
  const items = itemsOf(schema);
  if (!items || (listType !== 'set' && listType !== 'map')) return [];
  const nullable = items.nullable ? [forbiddenField(`${path}.items.nullable`, `cannot be nullable when ${LIST_TYPE} is ${listType}`)] : [];
  if (listType === 'set') return nullable;
  const keyed = (schema[LIST_KEYS] ?? []).flatMap((key) => {
    const property = ownValue(items.properties, key);
    if (!property) return [];
    const at = `${path}.items.properties[${key}]`;
    const intro = `this property is in ${LIST_KEYS}, so it`;
    const isSure = property.default !== undefined || items.required?.includes(key);
    return [
      ...(isSure ? [] : [required(`${at}.default`, `${intro} must have a default or be a required property`)]),
      ...(property.nullable ? [forbiddenField(`${at}.nullable`, `${intro} cannot be nullable`)] : []),
    ];
  });
  return [...nullable, ...keyed];
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
  return [...errors, ...(listType === 'map' ? checkListMap(schema, path) : []), ...checkListItems(schema, path)];
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
  const errors = [...checkKeywords(schema, context, path), ...checkPattern(schema, path)];
  const atomic = (holds: boolean): RuleContext => ({
    ...context,
    isRoot: false,
    ...(holds && context.uncorrelatable === undefined ? { uncorrelatable: path } : {}),
  });
  const inMap = atomic(schema['x-kubernetes-map-type'] === 'atomic');
  const costs = context.costs ? { costs: costBelow(schema, context.costs) } : {};
  const below = (each: JsonSchema, at: string, inner: RuleContext = inMap): FieldError[] => validateOpenApi(each, at, { ...inner, ...costs });
  const values = valuesOf(schema);
  const ofMeta = context.isInMeta ? { forbidsDefaults: 'inside additionalProperties applying to object metadata' } : {};
  if (values) errors.push(...below(values, `${path}.additionalProperties`, { ...inMap, ...ofMeta }));
  for (const [name, property] of propertiesOf(schema)) {
    const isMeta = (context.isRoot || schema[EMBEDDED]) && META_FIELDS.includes(name);
    const inner = isMeta ? { ...inMap, isInMeta: true, ...(context.isRoot ? { forbidsDefaults: `in top-level ${name}` } : {}) } : inMap;
    errors.push(...below(property, `${path}.properties[${name}]`, inner));
  }
  if (schema.not) errors.push(...below(schema.not, `${path}.not`));
  for (const keyword of ['allOf', 'oneOf', 'anyOf'] as const) {
    errors.push(...(schema[keyword] ?? []).flatMap((each, i) => below(each, `${path}.${keyword}[${i}]`)));
  }
  const items = itemsOf(schema);
  if (items) errors.push(...below(items, `${path}.items`, atomic(schema[LIST_TYPE] !== 'map')));
  return [...errors, ...checkExtensions(schema, path), ...checkRules(schema, context, path)];
}
