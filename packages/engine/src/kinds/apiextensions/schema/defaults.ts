import type { FieldError } from '../../../machinery/field.ts';
import { itemsOf, type JsonSchema, propertiesOf, valuesOf } from './types.ts';
import { validateValue } from './values.ts';

/** Every default must be a value that its own schema allows. Models ValidateDefaults in pkg/apiserver/schema/defaulting. */
export function validateDefaults(schema: JsonSchema, path: string): FieldError[] {
  const errors = schema.default === undefined ? [] : validateValue(schema.default, schema, { field: `${path}.default`, name: '' });
  const items = itemsOf(schema);
  if (items) errors.push(...validateDefaults(items, `${path}.items`));
  for (const [name, property] of propertiesOf(schema)) errors.push(...validateDefaults(property, `${path}.properties[${name}]`));
  const values = valuesOf(schema);
  return values ? [...errors, ...validateDefaults(values, `${path}.additionalProperties`)] : errors;
}
