import { type FieldError, required } from '../../../machinery/field.ts';
import { itemsOf, type JsonSchema, propertiesOf, valuesOf } from './types.ts';

interface Place {
  schema: JsonSchema | undefined;
  path: string;
}

/** A value validation and all below it may only speak of what the structure around it has. */
function checkNested(nested: JsonSchema, path: string, around: Place): FieldError[] {
  if (!around.schema) return [required(around.path, `because it is defined in ${path}`)];
  const { schema } = around;
  const items = itemsOf(nested);
  return [
    ...checkValidations(nested, path, around),
    ...(items ? checkNested(items, `${path}.items`, { schema: itemsOf(schema), path: `${around.path}.items` }) : []),
    ...propertiesOf(nested).flatMap(([name, property]) => {
      const field = `.properties[${name}]`;
      const own = Object.hasOwn(schema.properties ?? {}, name) ? schema.properties?.[name] : undefined;
      return checkNested(property, path + field, { schema: own, path: around.path + field });
    }),
  ];
}

function checkValidations(schema: JsonSchema, path: string, around: Place): FieldError[] {
  const lists = (['allOf', 'anyOf', 'oneOf'] as const).flatMap((keyword) =>
    (schema[keyword] ?? []).flatMap((each, i) => checkNested(each, `${path}.${keyword}[${i}]`, around)),
  );
  return schema.not ? [...lists, ...checkNested(schema.not, `${path}.not`, around)] : lists;
}

/** Models validateStructuralCompleteness in pkg/apiserver/schema/complete.go of k8s.io/apiextensions-apiserver. */
export function validateCompleteness(schema: JsonSchema, path: string): FieldError[] {
  const items = itemsOf(schema);
  const values = valuesOf(schema);
  return [
    ...checkValidations(schema, path, { schema, path }),
    ...(items ? validateCompleteness(items, `${path}.items`) : []),
    ...propertiesOf(schema).flatMap(([name, property]) => validateCompleteness(property, `${path}.properties[${name}]`)),
    ...(values ? validateCompleteness(values, `${path}.additionalProperties`) : []),
  ];
}
