import { canonicalText } from './canonical.ts';
import { itemsOf, type JsonSchema } from './types.ts';

type Data = Record<string, unknown>;

const isObject = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields of an atomic map are replaced together, so none of them has a past of its own. */
export const oldField = (old: unknown, key: string, schema: JsonSchema): unknown =>
  schema['x-kubernetes-map-type'] !== 'atomic' && isObject(old) && Object.hasOwn(old, key) ? old[key] : undefined;

function keyText(item: Data, schema: JsonSchema): string {
  const properties = itemsOf(schema)?.properties ?? {};
  return canonicalText((schema['x-kubernetes-list-map-keys'] ?? []).map((key) => item[key] ?? properties[key]?.default ?? null));
}

const byKeys = new WeakMap<readonly unknown[], Map<string, unknown>>();

function indexed(list: readonly unknown[], schema: JsonSchema): Map<string, unknown> {
  const known = byKeys.get(list);
  if (known) return known;
  const made = new Map(list.filter(isObject).map((item) => [keyText(item, schema), item]));
  byKeys.set(list, made);
  return made;
}

/** The item as it was before: only lists with keys say which it was. Models pkg/apiserver/schema/cel/maplist.go of k8s.io/apiextensions-apiserver. */
export function oldItem(old: unknown, item: unknown, schema: JsonSchema): unknown {
  if (schema['x-kubernetes-list-type'] !== 'map' || !Array.isArray(old) || !isObject(item)) return undefined;
  return indexed(old, schema).get(keyText(item, schema));
}
