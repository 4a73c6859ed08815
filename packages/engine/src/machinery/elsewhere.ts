import { objectKey } from '../core/key.ts';
import type { View } from '../core/txn.ts';
import type { KindDefinition } from './kind.ts';
import { ApiError, resourceNotFound } from './status.ts';

interface Condition {
  type: string;
  status: string;
}

type Availability = 'available' | 'absent' | 'unavailable';

/** Whether the server of such kinds is there: an APIService says where it is, and its condition whether it answers. */
function availabilityOf(view: View, { group, version }: Pick<KindDefinition, 'group' | 'version'>): Availability {
  const found = view.get(objectKey('apiregistration.k8s.io/apiservices', '', `${version}.${group}`));
  if (!found) return 'absent';
  const conditions: Condition[] = found.status?.conditions ?? [];
  return conditions.some(({ type, status }) => type === 'Available' && status === 'True') ? 'available' : 'unavailable';
}

/** Why nobody answers for a kind that another server serves; undefined where somebody does. Models proxyHandler in k8s.io/kube-aggregator. */
export function outage(view: View, kind: Pick<KindDefinition, 'group' | 'version'>): ApiError | undefined {
  switch (availabilityOf(view, kind)) {
    case 'available':
      return undefined;
    case 'absent':
      return resourceNotFound();
    case 'unavailable':
      return new ApiError(503, 'ServiceUnavailable', 'the server is currently unable to handle the request');
  }
}

const remaining = new WeakMap<readonly KindDefinition[], Map<string, readonly KindDefinition[]>>();

/** The kinds that discovery names: those of servers that do not answer are left out. The same list for the same answer. */
export function discoverable(view: View, kinds: readonly KindDefinition[]): readonly KindDefinition[] {
  const silent = new Set(kinds.filter((kind) => kind.servedElsewhere && availabilityOf(view, kind) !== 'available').map(({ group }) => group));
  if (silent.size === 0) return kinds;
  const known = remaining.get(kinds) ?? new Map<string, readonly KindDefinition[]>();
  remaining.set(kinds, known);
  const name = [...silent].sort().join();
  const left = known.get(name) ?? kinds.filter(({ group }) => !silent.has(group));
  known.set(name, left);
  return left;
}
