/**
 * Fields somebody took out of the text that the server keeps all the same: apply removes only what this manager has set
 * before, and others own these. Without being told, it looks as if the editor did not work.
 */
export function keptFields(original: unknown, mine: unknown, after: unknown, path = ''): string[] {
  const [was, now, stays] = [childrenOf(original), childrenOf(mine), childrenOf(after)];
  if (!was || !now || !stays) return [];
  return [...was].flatMap(([step, value]) => {
    const here = path === '' || step.startsWith('[') ? path + step : `${path}.${step}`;
    if (!stays.has(step)) return [];
    return now.has(step) ? keptFields(value, now.get(step), stays.get(step), here) : [here];
  });
}

/** A mapping by its keys; a list of named things by their names, as it is merged. */
function childrenOf(value: unknown): Map<string, unknown> | undefined {
  if (!value || typeof value !== 'object') return undefined;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  const named = value.map((item: unknown): [string | undefined, unknown] => [nameOf(item), item]);
  if (named.some(([name]) => name === undefined)) return undefined;
  return new Map(named.map(([name, item]) => [`[name="${name}"]`, item]));
}

function nameOf(item: unknown): string | undefined {
  const name = item && typeof item === 'object' ? (item as { name?: unknown }).name : undefined;
  return typeof name === 'string' ? name : undefined;
}
