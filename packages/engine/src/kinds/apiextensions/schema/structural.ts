import { type FieldError, forbiddenField, invalid, required } from '../../../machinery/field.ts';
import { validateCompleteness } from './completeness.ts';
import { itemsOf, type JsonSchema, propertiesOf, valuesOf } from './types.ts';

// Models ValidateStructural in pkg/apiserver/schema/validation.go of k8s.io/apiextensions-apiserver.
type Level = 'root' | 'item' | 'field';

const EMPTY_TYPE: Record<Level, string> = {
  root: 'must not be empty at the root',
  item: 'must not be empty for specified array items',
  field: 'must not be empty for specified object fields',
};

const EMBEDDED = 'x-kubernetes-embedded-resource';
const PRESERVE = 'x-kubernetes-preserve-unknown-fields';
const INT_OR_STRING = 'x-kubernetes-int-or-string';

function checkType(schema: JsonSchema, level: Level, path: string): FieldError[] {
  const type = schema.type ?? '';
  const at = `${path}.type`;
  const errors: FieldError[] = [];
  const mustBeObject = 'must be object if x-kubernetes-embedded-resource is true';
  if (schema[EMBEDDED] && type !== 'object') errors.push(type === '' ? required(at, mustBeObject) : invalid(at, type, mustBeObject));
  else if (type === '' && !schema[INT_OR_STRING] && !schema[PRESERVE]) errors.push(required(at, EMPTY_TYPE[level]));
  if (level === 'root' && type !== '' && type !== 'object') errors.push(invalid(at, type, 'must be object at the root'));
  return errors;
}

function checkExtensions(schema: JsonSchema, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const extension of [PRESERVE, EMBEDDED]) {
    if (schema[INT_OR_STRING] && schema[extension]) {
      errors.push(invalid(`${path}.${extension}`, schema[extension], `must be false if ${INT_OR_STRING} is true`));
    }
  }
  if (schema[EMBEDDED] && schema.additionalProperties !== undefined) {
    errors.push(forbiddenField(`${path}.additionalProperties`, `must not be used if ${EMBEDDED} is set`));
  }
  if (schema[EMBEDDED] && !schema[PRESERVE] && Object.keys(schema.properties ?? {}).length === 0) {
    errors.push(required(`${path}.properties`, `must not be empty if ${EMBEDDED} is true without ${PRESERVE}`));
  }
  return errors;
}

/** Kind, apiVersion and metadata of a whole object have one shape only. */
function checkResourceFields(schema: JsonSchema, level: Level, path: string): FieldError[] {
  if (level !== 'root' && !schema[EMBEDDED]) return [];
  const errors: FieldError[] = [];
  for (const name of ['kind', 'apiVersion']) {
    const property = schema.properties?.[name];
    if (property && property.type !== 'string') errors.push(invalid(`${path}.properties[${name}].type`, property.type ?? '', 'must be string'));
  }
  const metadata = schema.properties?.metadata;
  if (!metadata) return errors;
  const at = `${path}.properties[metadata]`;
  if (metadata.type !== 'object') errors.push(invalid(`${at}.type`, metadata.type ?? '', 'must be object'));
  const others = Object.keys(metadata.properties ?? {}).filter((name) => name !== 'name' && name !== 'generateName');
  if (level === 'root' && others.length > 0) {
    errors.push(forbiddenField(at, 'must not specify anything other than name and generateName, but metadata is implicitly specified'));
  }
  return errors;
}

/** Keywords that may not appear below a value validation (`allOf`, `anyOf`, `oneOf`, `not`). */
const STRUCTURE = [
  'type',
  'items',
  'additionalProperties',
  'properties',
  'default',
  'title',
  'description',
  'nullable',
  PRESERVE,
  EMBEDDED,
  INT_OR_STRING,
];

/** @param mayRepeat whose anyOf repeats types that stand outside already. */
function checkNested(schema: JsonSchema, path: string, mayRepeat: (schema: JsonSchema) => boolean): FieldError[] {
  const nested: [JsonSchema, string][] = [
    ...(mayRepeat(schema) ? [] : (schema.anyOf ?? [])).map((each, i): [JsonSchema, string] => [each, `${path}.anyOf[${i}]`]),
    ...(schema.allOf ?? []).map((each, i): [JsonSchema, string] => [each, `${path}.allOf[${i}]`]),
    ...(schema.oneOf ?? []).map((each, i): [JsonSchema, string] => [each, `${path}.oneOf[${i}]`]),
    ...(schema.not ? [[schema.not, `${path}.not`] as [JsonSchema, string]] : []),
  ];
  return nested.flatMap(([each, at]) => {
    const forbidden = STRUCTURE.filter(
      (keyword) => !['items', 'properties'].includes(keyword) && each[keyword] !== undefined && each[keyword] !== '',
    );
    const below = each === schema.allOf?.[0] ? mayRepeat : never;
    return [...forbidden.map((keyword) => forbiddenField(`${at}.${keyword}`, 'must be empty to be structural')), ...checkNested(each, at, below)];
  });
}

const never = (): boolean => false;

/** The one combination that may repeat types: `anyOf: [{type: integer}, {type: string}]` of an int-or-string, or of the first of its allOf. */
const isIntOrString = ({ anyOf }: JsonSchema): boolean => anyOf?.length === 2 && anyOf[0]?.type === 'integer' && anyOf[1]?.type === 'string';

function validateLevel(schema: JsonSchema, level: Level, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const items = itemsOf(schema);
  if (schema.type === 'array' && !items) errors.push(required(`${path}.items`, 'must be specified'));
  if (items) errors.push(...validateLevel(items, 'item', `${path}.items`));
  for (const [name, property] of propertiesOf(schema)) errors.push(...validateLevel(property, 'field', `${path}.properties[${name}]`));
  const values = valuesOf(schema);
  if (values) errors.push(...validateLevel(values, 'field', `${path}.additionalProperties`));
  return [
    ...errors,
    ...checkExtensions(schema, path),
    ...checkNested(schema, path, schema[INT_OR_STRING] === true ? isIntOrString : never),
    ...checkType(schema, level, path),
    ...checkResourceFields(schema, level, path),
  ];
}

const textOf = (error: FieldError): string => `${error.field}: ${error.body}`;

export const validateStructural = (schema: JsonSchema, path: string): FieldError[] =>
  [...validateLevel(schema, 'root', path), ...validateCompleteness(schema, path)].sort((a, b) =>
    textOf(a) < textOf(b) ? -1 : textOf(a) > textOf(b) ? 1 : 0,
  );
