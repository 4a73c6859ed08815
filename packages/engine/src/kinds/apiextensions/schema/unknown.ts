import { itemsOf, type JsonSchema, valuesOf } from './types.ts';

const RESOURCE_FIELDS = ['apiVersion', 'kind', 'metadata'];

/** Whether pruning would take anything away. Models pkg/apiserver/schema/pruning of k8s.io/apiextensions-apiserver. */
export function hasUnknown(value: unknown, schema: JsonSchema): boolean {
  if (Array.isArray(value)) {
    const items = itemsOf(schema);
    return items !== undefined && value.some((item) => hasUnknown(item, items));
  }
  if (typeof value !== 'object' || value === null) return false;
  const values = valuesOf(schema);
  const isResource = schema['x-kubernetes-embedded-resource'] === true;
  return Object.entries(value).some(([key, below]) => {
    const property = Object.hasOwn(schema.properties ?? {}, key) ? schema.properties?.[key] : undefined;
    if (isResource && RESOURCE_FIELDS.includes(key)) return false;
    if (property ?? values) return hasUnknown(below, (property ?? values) as JsonSchema);
    return schema['x-kubernetes-preserve-unknown-fields'] !== true && schema.additionalProperties !== true;
  });
}
