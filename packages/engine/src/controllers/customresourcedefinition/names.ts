import { type Instant, toRfc3339 } from '../../core/instant.ts';
import type { KubeObject } from '../../core/object.ts';
import { type Approval, approvalOf } from '../../kinds/apiextensions/customresourcedefinitions/approval.ts';

interface Names {
  plural?: string;
  singular?: string;
  shortNames?: string[];
  kind?: string;
  listKind?: string;
  categories?: string[];
}

interface Condition {
  type: string;
  status: string;
  reason: string;
  message: string;
  lastTransitionTime: string;
}

const resourceNames = ({ plural, singular, shortNames = [] }: Names): string[] =>
  [plural, singular, ...shortNames].filter((name) => name !== undefined);
const kindNames = ({ kind, listKind }: Names): string[] => [kind, listKind].filter((name) => name !== undefined);

/** The first of a definition's names that another of its group has been granted. */
function conflict(names: Names, taken: Names[]): { reason: string; message: string } | undefined {
  const resources = new Set(taken.flatMap(resourceNames));
  const kinds = new Set(taken.flatMap(kindNames));
  const used = (name: string): string => `"${name}" is already in use`;
  if (names.plural && resources.has(names.plural)) return { reason: 'PluralConflict', message: used(names.plural) };
  if (names.singular && resources.has(names.singular)) return { reason: 'SingularConflict', message: used(names.singular) };
  const short = (names.shortNames ?? []).filter((name) => resources.has(name));
  if (short.length > 0) return { reason: 'ShortNamesConflict', message: short.map(used).join(', ') };
  if (names.kind && kinds.has(names.kind)) return { reason: 'KindConflict', message: used(names.kind) };
  if (names.listKind && kinds.has(names.listKind)) return { reason: 'ListKindConflict', message: used(names.listKind) };
  return undefined;
}

function withCondition(conditions: Condition[], wanted: Omit<Condition, 'lastTransitionTime'>, now: Instant): Condition[] {
  const known = conditions.find((condition) => condition.type === wanted.type);
  if (known?.status === wanted.status && known.reason === wanted.reason && known.message === wanted.message) return conditions;
  const lastTransitionTime = known?.status === wanted.status ? known.lastTransitionTime : toRfc3339(now);
  const next = { lastTransitionTime, ...wanted };
  return known ? conditions.map((condition) => (condition === known ? next : condition)) : [...conditions, next];
}

const isTrue = (conditions: Condition[], type: string): boolean =>
  conditions.some((condition) => condition.type === type && condition.status === 'True');

const APPROVALS: Record<Approval['state'], { status: string; reason: string }> = {
  approved: { status: 'True', reason: 'ApprovedAnnotation' },
  bypassed: { status: 'False', reason: 'UnapprovedAnnotation' },
  invalid: { status: 'False', reason: 'InvalidAnnotation' },
  missing: { status: 'False', reason: 'MissingAnnotation' },
};

/** Models pkg/controller/apiapproval. */
function withApproval(conditions: Condition[], definition: KubeObject, now: Instant): Condition[] {
  const approval = approvalOf(definition);
  if (!approval) return conditions;
  return withCondition(conditions, { type: 'KubernetesAPIApprovalPolicyConformant', ...APPROVALS[approval.state], message: approval.message }, now);
}

/** Grants names that no other definition of the group has, and with the first grant serves the kind. Models calculateNamesAndConditions. */
export function acceptedStatus(definition: KubeObject, others: readonly KubeObject[], now: Instant): KubeObject['status'] {
  const names: Names = definition.spec.names;
  const problem = conflict(
    names,
    others.map((other) => (other.status?.acceptedNames ?? {}) as Names),
  );
  const accepted = problem ?? { reason: 'NoConflicts', message: 'no conflicts found' };
  let conditions: Condition[] = withCondition(
    withApproval(definition.status?.conditions ?? [], definition, now),
    { type: 'NamesAccepted', status: problem ? 'False' : 'True', ...accepted },
    now,
  );
  if (!isTrue(conditions, 'Established')) {
    conditions = withCondition(
      conditions,
      problem
        ? { type: 'Established', status: 'False', reason: 'NotAccepted', message: 'not all names are accepted' }
        : { type: 'Established', status: 'True', reason: 'InitialNamesAccepted', message: 'the initial names have been accepted' },
      now,
    );
  }
  return { ...definition.status, conditions, ...(problem ? {} : { acceptedNames: names }) };
}
