import type { KubeObject } from '../../../core/object.ts';
import type { Part } from '../../shared/fields.ts';

/** Adds what another list of amounts has besides; an amount that is there stays. */
function complete(item: Part, field: string, source: Record<string, string> | undefined): void {
  const missing = Object.entries(source ?? {}).filter(([name]) => !Object.hasOwn(item[field] ?? {}, name));
  if (missing.length > 0 || item[field] === undefined) item[field] = { ...item[field], ...Object.fromEntries(missing) };
}

/** What is not said follows from what is: limits from the maximum, requests from limits, then from the minimum. */
function defaultItem(item: Part): void {
  if (item.type !== 'Container') return;
  complete(item, 'default', item.max);
  complete(item, 'defaultRequest', item.default);
  complete(item, 'defaultRequest', item.min);
}

// Models SetDefaults_LimitRangeItem in pkg/apis/core/v1/defaults.go.
export function defaults(range: KubeObject): void {
  range.spec ??= {};
  for (const item of range.spec.limits ?? []) defaultItem(item);
}
