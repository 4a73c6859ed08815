/** Plain JSON values: copying and comparing, with shared subtrees recognised by identity. */

/** A private deep copy. */
export function copyJson<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyJson) as T;
  if (value !== null && typeof value === 'object') {
    const out: Record<string, unknown> = {};
    for (const key of Object.keys(value)) setOwn(out, key, copyJson((value as Record<string, unknown>)[key]));
    return out as T;
  }
  return value;
}

/** A deep copy of everything that is not the same subtree as in `known`: what both share stays shared. */
export function copyChanged<T>(value: T, known: unknown): T {
  if (value === known || value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item, i) => copyChanged(item, Array.isArray(known) ? known[i] : undefined)) as T;
  const old = known !== null && typeof known === 'object' && !Array.isArray(known) ? (known as Record<string, unknown>) : undefined;
  const out: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    setOwn(out, key, copyChanged((value as Record<string, unknown>)[key], old && Object.hasOwn(old, key) ? old[key] : undefined));
  }
  return out as T;
}

/** Assigns as data even where the key is `__proto__`. */
export function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  else target[key] = value;
}

export function equalJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!equalJson(a[i], b[i])) return false;
    return true;
  }
  if (Array.isArray(b)) return false;
  const keys = Object.keys(a).filter((key) => (a as Record<string, unknown>)[key] !== undefined);
  let count = 0;
  for (const key of Object.keys(b)) if ((b as Record<string, unknown>)[key] !== undefined) count++;
  if (keys.length !== count) return false;
  for (const key of keys) {
    if (!Object.hasOwn(b, key) || !equalJson((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key])) return false;
  }
  return true;
}
