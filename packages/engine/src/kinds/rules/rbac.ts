import type { KubeObject } from '../../core/object.ts';
import { type FieldError, invalid, notSupported, required } from '../../machinery/field.ts';
import { type Part, validateDnsSubdomain } from '../shared/fields.ts';
import { validateSegment } from './references.ts';

// Models pkg/apis/rbac/validation/validation.go and pkg/apis/rbac/v1/defaults.go.
export const RBAC_GROUP = 'rbac.authorization.k8s.io';

const isEmpty = (list: unknown[] | undefined): boolean => (list?.length ?? 0) === 0;

export function validatePolicyRule(rule: Part, namespaced: boolean, path: string): FieldError[] {
  const errors = isEmpty(rule.verbs) ? [required(`${path}.verbs`, 'verbs must contain at least one value')] : [];
  if (!isEmpty(rule.nonResourceURLs)) {
    const at = `${path}.nonResourceURLs`;
    if (namespaced) errors.push(invalid(at, rule.nonResourceURLs, 'namespaced rules cannot apply to non-resource URLs'));
    if (!isEmpty(rule.apiGroups) || !isEmpty(rule.resources) || !isEmpty(rule.resourceNames)) {
      errors.push(invalid(at, rule.nonResourceURLs, 'rules cannot apply to both regular resources and non-resource URLs'));
    }
    return errors;
  }
  if (isEmpty(rule.apiGroups)) errors.push(required(`${path}.apiGroups`, 'resource rules must supply at least one api group'));
  if (isEmpty(rule.resources)) errors.push(required(`${path}.resources`, 'resource rules must supply at least one resource'));
  return errors;
}

function validateSubjectKind(subject: Part, namespaced: boolean, path: string): FieldError[] {
  const group = subject.apiGroup ?? '';
  switch (subject.kind) {
    case 'ServiceAccount':
      return [
        ...(subject.name ? validateDnsSubdomain(subject.name, `${path}.name`) : []),
        ...(group === '' ? [] : [notSupported(`${path}.apiGroup`, group, [''])]),
        ...(namespaced || subject.namespace ? [] : [required(`${path}.namespace`)]),
      ];
    case 'User':
    case 'Group':
      return group === RBAC_GROUP ? [] : [notSupported(`${path}.apiGroup`, group, [RBAC_GROUP])];
    default:
      return [notSupported(`${path}.kind`, subject.kind ?? '', ['ServiceAccount', 'User', 'Group'])];
  }
}

const validateSubject = (subject: Part, namespaced: boolean, path: string): FieldError[] => [
  ...(subject.name ? [] : [required(`${path}.name`)]),
  ...validateSubjectKind(subject, namespaced, path),
];

/** What role bindings and cluster role bindings share. */
export function validateBinding(binding: KubeObject, roleKinds: string[], namespaced: boolean): FieldError[] {
  const { apiGroup = '', kind = '', name } = binding.roleRef ?? {};
  const errors = apiGroup === RBAC_GROUP ? [] : [notSupported('roleRef.apiGroup', apiGroup, [RBAC_GROUP])];
  if (!roleKinds.includes(kind)) errors.push(notSupported('roleRef.kind', kind, roleKinds));
  errors.push(...validateSegment(name, 'roleRef.name'));
  return [...errors, ...(binding.subjects ?? []).flatMap((subject: Part, i: number) => validateSubject(subject, namespaced, `subjects[${i}]`))];
}

/** To whom a binding grants may change, what it grants may not. */
export function validateRoleRefUnchanged(binding: KubeObject, old: KubeObject): FieldError[] {
  const { apiGroup = '', kind = '', name = '' } = binding.roleRef ?? {};
  const before = old.roleRef ?? {};
  if (apiGroup === before.apiGroup && kind === before.kind && name === before.name) return [];
  return [invalid('roleRef', { APIGroup: apiGroup, Kind: kind, Name: name }, 'cannot change roleRef')];
}

export function defaultBinding(binding: KubeObject): void {
  binding.roleRef ??= {};
  binding.roleRef.apiGroup ||= RBAC_GROUP;
  for (const subject of binding.subjects ?? []) if (subject.kind === 'User' || subject.kind === 'Group') subject.apiGroup ||= RBAC_GROUP;
}
