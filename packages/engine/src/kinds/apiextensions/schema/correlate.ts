import { semanticEqual } from '../../shared/equal.ts';
import { itemsOf, type JsonSchema } from './types.ts';

type Data = Record<string, unknown>;

const isObject = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields of an atomic map are replaced together, so none of them has a past of its own. */
export const oldField = (old: unknown, key: string, schema: JsonSchema): unknown =>
  schema['x-kubernetes-map-type'] !== 'atomic' && isObject(old) && Object.hasOwn(old, key) ? old[key] : undefined;

/** The item as it was before: only lists with keys say which it was. Models pkg/apiserver/schema/cel/maplist.go of k8s.io/apiextensions-apiserver. */
export function oldItem(old: unknown, item: unknown, schema: JsonSchema): unknown {
  if (schema['x-kubernetes-list-type'] !== 'map' || !Array.isArray(old) || !isObject(item)) return undefined;
  const properties = itemsOf(schema)?.properties ?? {};
  const keyOf = (each: Data): unknown[] => (schema['x-kubernetes-list-map-keys'] ?? []).map((key) => each[key] ?? properties[key]?.default);
  const wanted = keyOf(item);
  return old.find((each) => isObject(each) && semanticEqual(keyOf(each), wanted));
}
