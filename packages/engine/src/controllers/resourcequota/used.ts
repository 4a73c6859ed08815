import { resourceName } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { type Amounts, addAmounts } from '../../machinery/admission/amounts.ts';
import { inScope } from '../../machinery/admission/quota/scopes.ts';
import { resourceCounted, usageOf } from '../../machinery/admission/quota/usage.ts';
import { formatQuantity } from '../../machinery/decode/quantity.ts';

/** What a namespace uses of everything that a quota bounds. Models CalculateUsage in pkg/quota/v1/resources.go. */
export function usedOf(quota: KubeObject, view: View): Record<string, string> {
  const names = Object.keys(quota.spec?.hard ?? {});
  const counted = new Map(names.map(resourceCounted).map((kind) => [resourceName(kind.group, kind.plural), kind]));
  const total: Amounts = new Map();
  for (const [resource, kind] of counted) {
    for (const object of view.list(resource, quota.metadata.namespace)) if (inScope(quota, kind, object)) addAmounts(total, usageOf(kind, object));
  }
  return Object.fromEntries(
    names.map((name) => {
      const amount = total.get(name);
      return [name, amount ? formatQuantity(amount) : '0'];
    }),
  );
}
