import { setOwn } from '../../core/json.ts';
import { isObject, type Json, type JsonObject, own } from './plain.ts';

/** RFC 7386. Untouched parts of the target are shared, and a patch that changes nothing returns the target itself. */
export function applyMergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const base = isObject(target) ? target : undefined;
  let result: JsonObject | undefined = base === undefined ? {} : undefined;
  for (const key of Object.keys(patch)) {
    const wanted = patch[key] as Json;
    const known = base && own(base, key);
    if (wanted === null) {
      if (known === undefined) continue;
      result ??= { ...base };
      delete result[key];
      continue;
    }
    const merged = applyMergePatch(known, wanted);
    if (merged === known) continue;
    result ??= { ...base };
    setOwn(result, key, merged);
  }
  return result ?? (base as JsonObject);
}
