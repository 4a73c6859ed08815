import { type FieldError, forbiddenField } from '../../../machinery/field.ts';
import { itemsOf, type JsonSchema, propertiesOf } from './types.ts';

// Models validateValueValidation and validateNestedValueValidation in pkg/apiserver/schema/validation.go of k8s.io/apiextensions-apiserver.

/** Keywords that give structure, and how they have to be below `allOf`, `anyOf`, `oneOf` and `not`. */
const STRUCTURE: readonly (readonly [keyword: string, must: 'empty' | 'undefined' | 'false'])[] = [
  ['type', 'empty'],
  ['default', 'undefined'],
  ['title', 'empty'],
  ['description', 'empty'],
  ['nullable', 'false'],
  ['externalDocs', 'undefined'],
  ['x-kubernetes-preserve-unknown-fields', 'false'],
  ['x-kubernetes-embedded-resource', 'false'],
  ['x-kubernetes-int-or-string', 'false'],
  ['x-kubernetes-list-map-keys', 'empty'],
  ['x-kubernetes-list-type', 'undefined'],
  ['x-kubernetes-map-type', 'undefined'],
  ['x-kubernetes-validations', 'empty'],
];

const isEmpty = (value: unknown): boolean => value === '' || value === false || (Array.isArray(value) && value.length === 0);

const holds = (value: unknown, must: string): boolean => value === undefined || value === null || (must !== 'undefined' && isEmpty(value));

/** Types may be repeated in one form only, that of an integer or a text. */
const REPEATED = ['integer', 'string'];
const isIntOrString = ({ anyOf = [] }: JsonSchema): boolean =>
  anyOf.length === REPEATED.length && anyOf.every((each, i) => each.type === REPEATED[i] && Object.keys(each).length === 1);

/** @param repeats whether its own anyOf, or that of its first allOf, may repeat types. */
export function checkValueValidation(schema: JsonSchema, path: string, repeats: { anyOf: boolean; allOf: boolean }): FieldError[] {
  const { anyOf = [], allOf = [], oneOf = [], not } = schema;
  return [
    ...(repeats.anyOf && isIntOrString(schema) ? [] : anyOf.flatMap((each, i) => checkNested(each, `${path}.anyOf[${i}]`))),
    ...allOf.flatMap((each, i) => checkNested(each, `${path}.allOf[${i}]`, repeats.allOf && i === 0)),
    ...oneOf.flatMap((each, i) => checkNested(each, `${path}.oneOf[${i}]`)),
    ...(not ? checkNested(not, `${path}.not`) : []),
  ];
}

function checkNested(schema: JsonSchema, path: string, repeats = false): FieldError[] {
  const items = itemsOf(schema);
  const values =
    schema.additionalProperties === undefined ? [] : [forbiddenField(`${path}.additionalProperties`, 'must be undefined to be structural')];
  const metadata = Object.hasOwn(schema.properties ?? {}, 'metadata')
    ? [forbiddenField(`${path}.properties[metadata]`, 'must not be specified in a nested context')]
    : [];
  return [
    ...checkValueValidation(schema, path, { anyOf: repeats, allOf: false }),
    ...(items ? checkNested(items, `${path}.items`) : []),
    ...propertiesOf(schema).flatMap(([name, property]) => checkNested(property, `${path}.properties[${name}]`)),
    ...STRUCTURE.flatMap(([keyword, must]) =>
      holds(schema[keyword], must) ? [] : [forbiddenField(`${path}.${keyword}`, `must be ${must} to be structural`)],
    ),
    ...values,
    ...metadata,
  ];
}
