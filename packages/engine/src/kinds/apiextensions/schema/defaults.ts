import { type FieldError, invalid } from '../../../machinery/field.ts';
import { itemsOf, type JsonSchema, propertiesOf, valuesOf } from './types.ts';
import { hasUnknown } from './unknown.ts';
import { validateValue } from './values.ts';

const validateDefault = (value: unknown, schema: JsonSchema, path: string): FieldError[] => [
  ...(hasUnknown(value, schema) ? [invalid(path, value, 'must not have unknown fields')] : []),
  ...validateValue(value, schema, { field: path, name: '' }),
];

/** Every default must be a value that its own schema allows. Models ValidateDefaults in pkg/apiserver/schema/defaulting. */
export function validateDefaults(schema: JsonSchema, path: string): FieldError[] {
  const errors = schema.default === undefined ? [] : validateDefault(schema.default, schema, `${path}.default`);
  const items = itemsOf(schema);
  if (items) errors.push(...validateDefaults(items, `${path}.items`));
  for (const [name, property] of propertiesOf(schema)) errors.push(...validateDefaults(property, `${path}.properties[${name}]`));
  const values = valuesOf(schema);
  return values ? [...errors, ...validateDefaults(values, `${path}.additionalProperties`)] : errors;
}
