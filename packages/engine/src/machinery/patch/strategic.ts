import type { FieldType } from '@vivakube/schema';
import { setOwn } from '../../core/json.ts';
import { checkElementOrder, directiveTarget, inOrder } from './elementOrder.ts';
import { patchMeta } from './patchMeta.ts';
import { isObject, type Json, type JsonObject, own } from './plain.ts';
import { badArgType, badPatchType, badPrimitiveList, badRetainKeys } from './strategicErrors.ts';
import { mergeList, withoutPrimitives } from './strategicList.ts';

// Strategic merge patch. Models k8s.io/apimachinery/pkg/util/strategicpatch/patch.go.
const DIRECTIVE = '$patch';
const RETAIN_KEYS = '$retainKeys';
const ELEMENT_ORDER = '$setElementOrder';
const DELETE_PRIMITIVES = '$deleteFromPrimitiveList';

/** Merges the patch into a copy of the original; what it does not touch is shared. */
export function mergeStrategically(original: JsonObject | undefined, patch: JsonObject, type: FieldType | undefined): JsonObject {
  const directive = own(patch, DIRECTIVE);
  if (directive !== undefined) return byDirective(directive, patch);
  const result = retained(original ?? {}, patch);
  const ordered = mergeOrderedLists(result, patch, type);
  for (const key of Object.keys(patch)) {
    if (key === RETAIN_KEYS || key.startsWith(ELEMENT_ORDER) || ordered.has(key)) continue;
    mergeField(result, key, patch[key] as Json, type);
  }
  return result;
}

function byDirective(directive: Json, patch: JsonObject): JsonObject {
  if (directive === 'delete') return {};
  if (directive !== 'replace') throw badPatchType(directive, patch);
  const { [DIRECTIVE]: _, ...rest } = patch;
  return rest;
}

/** A copy of the original with the keys that $retainKeys names, or with all of them where the patch has no such list. */
function retained(original: JsonObject, patch: JsonObject): JsonObject {
  const list = own(patch, RETAIN_KEYS);
  if (list === undefined) return { ...original };
  if (!Array.isArray(list)) throw badRetainKeys();
  for (const [key, value] of Object.entries(patch)) {
    const isDirective = key === RETAIN_KEYS || key.startsWith(DELETE_PRIMITIVES) || key.startsWith(ELEMENT_ORDER);
    if (value !== null && !isDirective && !list.includes(key)) throw badRetainKeys();
  }
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(original)) if (list.includes(key)) setOwn(result, key, value);
  return result;
}

/** Lists with a $setElementOrder; returns the keys that are done with. */
function mergeOrderedLists(result: JsonObject, patch: JsonObject, type: FieldType | undefined): Set<string> {
  const done = new Set<string>();
  for (const directive of Object.keys(patch)) {
    if (!directive.startsWith(ELEMENT_ORDER)) continue;
    const key = directiveTarget(directive, ELEMENT_ORDER);
    const known = listAt(result, key);
    const wanted = listAt(patch, key);
    const { type: listType, strategy, mergeKey } = patchMeta(type, key);
    const order = checkElementOrder(wanted, patch[directive] as Json, mergeKey);
    const merged = known && wanted ? (strategy === 'merge' ? mergeList(known, wanted, listType, mergeKey) : wanted) : (known ?? wanted);
    if (merged === undefined) continue;
    setOwn(result, key, inOrder([...merged], order, known ?? [], mergeKey));
    done.add(key);
  }
  return done;
}

function listAt(object: JsonObject, key: string): Json[] | undefined {
  const value = own(object, key);
  if (value === undefined || Array.isArray(value)) return value;
  throw badArgType([], value);
}

function mergeField(result: JsonObject, patchKey: string, wanted: Json, type: FieldType | undefined): void {
  const deletes = patchKey.startsWith(DELETE_PRIMITIVES);
  if (deletes && !patchKey.startsWith(`${DELETE_PRIMITIVES}/`)) throw badPrimitiveList();
  const key = deletes ? patchKey.slice(DELETE_PRIMITIVES.length + 1) : patchKey;
  const known = own(result, key);
  if (wanted === null) {
    delete result[key];
    return;
  }
  const bothLists = Array.isArray(known) && Array.isArray(wanted);
  if (!bothLists && !(isObject(known) && isObject(wanted))) {
    if (!deletes) setOwn(result, key, withoutNulls(wanted));
    return;
  }
  const meta = patchMeta(type, key);
  if (bothLists) {
    if (meta.strategy !== 'merge') setOwn(result, key, wanted);
    else setOwn(result, key, deletes ? withoutPrimitives(known, wanted) : mergeList(known, wanted, meta.type, meta.mergeKey));
  } else {
    setOwn(result, key, meta.strategy === 'replace' ? wanted : mergeStrategically(known as JsonObject, wanted as JsonObject, meta.type));
  }
}

/** A null that deletes what is not there is dropped. */
export function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const result: JsonObject = {};
  for (const [key, child] of Object.entries(value)) if (child !== null) setOwn(result, key, withoutNulls(child));
  return result;
}
