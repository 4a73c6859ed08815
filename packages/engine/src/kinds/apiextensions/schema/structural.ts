import { type FieldError, forbiddenField, invalid, required } from '../../../machinery/field.ts';
import { validateCompleteness } from './completeness.ts';
import { checkValueValidation } from './nested.ts';
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
  if (level === 'root' && restrictsMore(metadata)) {
    errors.push(forbiddenField(at, 'must not specify anything other than name and generateName, but metadata is implicitly specified'));
  }
  return errors;
}

/** Only names of the object may be narrowed; the rest of its metadata is the same for all. */
const restrictsMore = (metadata: JsonSchema): boolean =>
  Object.keys(metadata).some((keyword) => !['type', 'default', 'properties'].includes(keyword)) ||
  Object.keys(metadata.properties ?? {}).some((name) => name !== 'name' && name !== 'generateName');

function validateLevel(schema: JsonSchema, level: Level, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const items = itemsOf(schema);
  if (schema.type === 'array' && !items) errors.push(required(`${path}.items`, 'must be specified'));
  if (items) errors.push(...validateLevel(items, 'item', `${path}.items`));
  for (const [name, property] of propertiesOf(schema)) errors.push(...validateLevel(property, 'field', `${path}.properties[${name}]`));
  if (level === 'root' && schema.additionalProperties !== undefined) {
    errors.push(forbiddenField(`${path}.additionalProperties`, 'must not be used at the root'));
  }
  const values = valuesOf(schema);
  if (values) errors.push(...validateLevel(values, 'field', `${path}.additionalProperties`));
  return [
    ...errors,
    ...checkExtensions(schema, path),
    ...checkValueValidation(schema, path, { anyOf: true, allOf: true }),
    ...checkType(schema, level, path),
    ...checkResourceFields(schema, level, path),
  ];
}

const textOf = (error: FieldError): string => `${error.field}: ${error.body}`;

export const validateStructural = (schema: JsonSchema, path: string): FieldError[] =>
  [...validateLevel(schema, 'root', path), ...validateCompleteness(schema, path)].sort((a, b) =>
    textOf(a) < textOf(b) ? -1 : textOf(a) > textOf(b) ? 1 : 0,
  );
