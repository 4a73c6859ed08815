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

interface Acceptance {
  /** Each name that is free, or this definition's already. */
  accepted: Names;
  /** The last conflict found, as upstream tells only of that. */
  problem?: { reason: string; message: string };
}

/** Models calculateNamesAndConditions in pkg/controller/status/naming_controller.go of k8s.io/apiextensions-apiserver. */
function accept(names: Names, before: Names, taken: Names[]): Acceptance {
  const resources = new Set(taken.flatMap(resourceNames));
  const kinds = new Set(taken.flatMap(kindNames));
  const result: Acceptance = { accepted: { ...before } };
  const refuse = (reason: string, used: string[]): void => {
    const texts = used.map((name) => `"${name}" is already in use`);
    result.problem = { reason, message: texts.length === 1 ? (texts[0] as string) : `[${texts.join(', ')}]` };
  };
  const take = (field: 'plural' | 'singular' | 'kind' | 'listKind', reason: string, used: Set<string>): void => {
    const name = names[field];
    if (name !== undefined && name !== before[field] && used.has(name)) refuse(reason, [name]);
    else if (name !== undefined) result.accepted[field] = name;
  };
  take('plural', 'PluralConflict', resources);
  take('singular', 'SingularConflict', resources);
  const conflicts = (names.shortNames ?? []).filter((name) => resources.has(name) && !before.shortNames?.includes(name));
  if (conflicts.length > 0) refuse('ShortNamesConflict', conflicts);
  else if (names.shortNames) result.accepted.shortNames = names.shortNames;
  else delete result.accepted.shortNames;
  take('kind', 'KindConflict', kinds);
  take('listKind', 'ListKindConflict', kinds);
  if (names.categories) result.accepted.categories = names.categories;
  else delete result.accepted.categories;
  return result;
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

/** Grants names that no other definition of the group has, and with the first grant serves the kind. */
export function acceptedStatus(definition: KubeObject, others: readonly KubeObject[], now: Instant): KubeObject['status'] {
  const names: Names = definition.spec.names;
  const { accepted: acceptedNames, problem } = accept(
    names,
    definition.status?.acceptedNames ?? {},
    others.map((other) => (other.status?.acceptedNames ?? {}) as Names),
  );
  const condition = problem ?? { reason: 'NoConflicts', message: 'no conflicts found' };
  let conditions: Condition[] = withCondition(
    withApproval(definition.status?.conditions ?? [], definition, now),
    { type: 'NamesAccepted', status: problem ? 'False' : 'True', ...condition },
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
  return { ...definition.status, conditions, acceptedNames };
}
