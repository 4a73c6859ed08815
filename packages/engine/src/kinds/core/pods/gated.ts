import { type FieldError, invalid } from '../../../machinery/field.ts';
import { semanticEqual } from '../../shared/equal.ts';
import { type Part, sortedKeys } from '../../shared/fields.ts';
import { goMap, goStruct, goStructs } from '../../shared/go/show.ts';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';

/**
 * A gated pod has not been looked at by the scheduler yet, so where it may run can still be narrowed.
 * What is allowed is put back in `restored`, so that the caller finds only what is not.
 */
export function validateGatedChanges(restored: Part, before: Part): FieldError[] {
  const errors: FieldError[] = [];
  if (!semanticEqual(restored.nodeSelector, before.nodeSelector)) {
    errors.push(...validateNodeSelectorChange(restored.nodeSelector ?? {}, before.nodeSelector ?? {}));
    restored.nodeSelector = before.nodeSelector;
  }
  const affinity = restored.affinity?.nodeAffinity;
  const old = before.affinity?.nodeAffinity;
  if (!semanticEqual(affinity, old)) {
    errors.push(...validateNodeAffinityChange(affinity, old));
    restored.affinity = { ...restored.affinity, nodeAffinity: old };
    if (!before.affinity && Object.values(restored.affinity).every((v) => v === undefined)) restored.affinity = undefined;
  }
  return errors;
}

/** Models validateNodeSelectorMutation. */
function validateNodeSelectorChange(selector: Record<string, string>, before: Record<string, string>): FieldError[] {
  const kept = sortedKeys(before).every((key) => Object.hasOwn(selector, key) && selector[key] === before[key]);
  return kept ? [] : [invalid('spec.nodeSelector', goMap(selector), 'only additions are allowed (no mutations or deletions)')];
}

/** Models validateNodeAffinityMutation. */
function validateNodeAffinityChange(affinity: Part | undefined, before: Part | undefined): FieldError[] {
  const path = `spec.affinity.nodeAffinity.${REQUIRED}`;
  const oldTerms: Part[] = before?.[REQUIRED]?.nodeSelectorTerms ?? [];
  if (oldTerms.length === 0) return [];
  const terms: Part[] = affinity?.[REQUIRED]?.nodeSelectorTerms ?? [];
  const at = `${path}.nodeSelectorTerms`;
  if (terms.length !== oldTerms.length)
    return [invalid(at, goStructs('NodeSelectorTerm', terms), 'no additions/deletions to non-empty NodeSelectorTerms list are allowed')];
  return terms.flatMap((term, i) =>
    isNarrowed(term, oldTerms[i] as Part)
      ? []
      : [invalid(`${at}[${i}]`, goStruct('NodeSelectorTerm', term), 'only additions are allowed (no mutations or deletions)')],
  );
}

function isNarrowed(term: Part, before: Part): boolean {
  const hadNothing = !before.matchExpressions?.length && !before.matchFields?.length;
  if (hadNothing) return semanticEqual(term, before);
  return ['matchExpressions', 'matchFields'].every((list) => {
    const old: Part[] = before[list] ?? [];
    return semanticEqual((term[list] ?? []).slice(0, old.length), old);
  });
}
