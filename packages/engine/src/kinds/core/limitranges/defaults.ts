import type { KubeObject } from '../../../core/object.ts';
import type { Part } from '../../shared/fields.ts';

/** What is not said follows from what is: limits from the maximum, requests from limits, then from the minimum. */
function defaultItem(item: Part): void {
  if (item.type !== 'Container') return;
  item.default = { ...item.max, ...item.default };
  item.defaultRequest = { ...item.min, ...item.default, ...item.defaultRequest };
}

// Models SetDefaults_LimitRangeItem in pkg/apis/core/v1/defaults.go.
export function defaults(range: KubeObject): void {
  range.spec ??= {};
  for (const item of range.spec.limits ?? []) defaultItem(item);
}
