import type { NamespaceCondition } from '@vivakube/schema/types/core.v1';
import { type Instant, toRfc3339 } from '../../core/instant.ts';
import type { Sweep } from './contents.ts';

// Models pkg/controller/namespace/deletion/status_condition_utils.go.
interface Verdict {
  type: string;
  status: 'True' | 'False';
  reason: string;
  message: string;
}

const FINE: readonly Verdict[] = [
  { type: 'NamespaceDeletionDiscoveryFailure', status: 'False', reason: 'ResourcesDiscovered', message: 'All resources successfully discovered' },
  {
    type: 'NamespaceDeletionGroupVersionParsingFailure',
    status: 'False',
    reason: 'ParsedGroupVersions',
    message: 'All legacy kube types successfully parsed',
  },
  {
    type: 'NamespaceDeletionContentFailure',
    status: 'False',
    reason: 'ContentDeleted',
    message: 'All content successfully deleted, may be waiting on finalization',
  },
  { type: 'NamespaceContentRemaining', status: 'False', reason: 'ContentRemoved', message: 'All content successfully removed' },
  {
    type: 'NamespaceFinalizersRemaining',
    status: 'False',
    reason: 'ContentHasNoFinalizers',
    message: 'All content-preserving finalizers finished',
  },
];

function finalizerCounts({ remaining }: Sweep): string[] {
  const counts = new Map<string, number>();
  for (const finalizer of remaining.flatMap((left) => left.finalizers)) counts.set(finalizer, (counts.get(finalizer) ?? 0) + 1);
  return [...counts].map(([finalizer, count]) => `${finalizer} in ${count} resource instances`).sort();
}

function troubles(sweep: Sweep): Verdict[] {
  const found: Verdict[] = [];
  const { failures, remaining } = sweep;
  if (failures.length > 0) {
    const message = `Failed to delete all resource types, ${failures.length} remaining: ${[...failures].sort().join(', ')}`;
    found.push({ type: 'NamespaceDeletionContentFailure', status: 'True', reason: 'ContentDeletionFailed', message });
  }
  if (remaining.length > 0) {
    const texts = remaining.map(({ resource, group, count }) => `${resource}.${group} has ${count} resource instances`).sort();
    found.push({
      type: 'NamespaceContentRemaining',
      status: 'True',
      reason: 'SomeResourcesRemain',
      message: `Some resources are remaining: ${texts.join(', ')}`,
    });
  }
  const finalizers = finalizerCounts(sweep);
  if (finalizers.length > 0) {
    const message = `Some content in the namespace has finalizers remaining: ${finalizers.join(', ')}`;
    found.push({ type: 'NamespaceFinalizersRemaining', status: 'True', reason: 'SomeFinalizersRemain', message });
  }
  return found;
}

/** Each condition as it is now; the time of transition only changes with the status. */
export function deletionConditions(known: readonly NamespaceCondition[], sweep: Sweep, now: Instant): NamespaceCondition[] {
  const found = troubles(sweep);
  const others = known.filter((condition) => !FINE.some(({ type }) => type === condition.type));
  const mine = FINE.map((fine) => {
    const { type, ...verdict } = found.find((trouble) => trouble.type === fine.type) ?? fine;
    const before = known.find((condition) => condition.type === type);
    const lastTransitionTime = before?.status === verdict.status && before.lastTransitionTime ? before.lastTransitionTime : toRfc3339(now);
    return { type, lastTransitionTime, ...verdict };
  });
  return [...others, ...mine];
}
