import { objectKey } from '../core/key.ts';
import type { KubeObject } from '../core/object.ts';
import type { View } from '../core/txn.ts';
import { decideForNode } from './node-authorizer.ts';
import type { UserInfo } from './request.ts';
import type { ResourcePath } from './route.ts';
import { ApiError, qualified } from './status.ts';

/** One question to the authorizer. */
export interface AccessQuestion {
  verb: string;
  /** '' for requests that are about no resource. */
  resource: string;
  subresource: string;
  group: string;
  namespace: string;
  name: string;
  /** Of a request for many. */
  fieldSelector?: string;
  /** Path of a non-resource request. */
  path?: string;
}

export const questionOf = ({ resource, subresource, group, namespace, name }: ResourcePath, verb: string): AccessQuestion => ({
  verb,
  resource,
  subresource,
  group,
  namespace,
  name,
});

export interface Decision {
  allowed: boolean;
  reason: string;
}

export interface PolicyRule {
  verbs: string[];
  apiGroups?: string[];
  resources?: string[];
  resourceNames?: string[];
  nonResourceURLs?: string[];
}

interface Subject {
  kind: string;
  name: string;
  namespace?: string;
}

const MASTERS = 'system:masters';

/** Role-based access control over the roles and bindings of the cluster. Models plugin/pkg/auth/authorizer/rbac/rbac.go. */
export function decide(view: View, user: UserInfo, question: AccessQuestion): Decision {
  if (user.trusted || user.groups.includes(MASTERS)) return { allowed: true, reason: '' };
  const asNode = decideForNode(view, user, question);
  if (asNode?.allowed) return asNode;
  const missing: string[] = [];
  for (const { rule, reason } of rulesFor(view, user, question.namespace, missing)) {
    if (ruleAllows(rule, question)) return { allowed: true, reason };
  }
  const problem = aggregate(missing);
  return { allowed: false, reason: [asNode?.reason, problem && `RBAC: ${problem}`].filter(Boolean).join('\n') };
}

/** Several errors as one text. Models k8s.io/apimachinery/pkg/util/errors. */
export function aggregate(messages: readonly string[]): string | undefined {
  const distinct = [...new Set(messages)];
  return distinct.length > 1 ? `[${distinct.join(', ')}]` : distinct[0];
}

/** Every rule that a user has in a namespace, with the words in which upstream explains it; `missing` is told of roles that are not there. */
export function* rulesFor(view: View, user: UserInfo, namespace: string, missing: string[] = []): Generator<{ rule: PolicyRule; reason: string }> {
  for (const binding of view.list('rbac.authorization.k8s.io/clusterrolebindings')) {
    const subject = subjectOf(binding, user, '');
    if (!subject) continue;
    const reason = `RBAC: allowed by ClusterRoleBinding "${binding.metadata.name}" of ClusterRole "${binding.roleRef.name}" to ${subject}`;
    for (const rule of roleRules(view, binding, '', missing)) yield { rule, reason };
  }
  if (namespace === '') return;
  for (const binding of view.list('rbac.authorization.k8s.io/rolebindings', namespace)) {
    const subject = subjectOf(binding, user, namespace);
    if (!subject) continue;
    const reason = `RBAC: allowed by RoleBinding "${binding.metadata.name}/${namespace}" of ${binding.roleRef.kind} "${binding.roleRef.name}" to ${subject}`;
    for (const rule of roleRules(view, binding, namespace, missing)) yield { rule, reason };
  }
}

function roleRules(view: View, binding: KubeObject, namespace: string, missing: string[]): PolicyRule[] {
  const clusterWide = binding.roleRef.kind === 'ClusterRole';
  const role = view.get(
    objectKey(`rbac.authorization.k8s.io/${clusterWide ? 'clusterroles' : 'roles'}`, clusterWide ? '' : namespace, binding.roleRef.name),
  );
  if (!role) missing.push(`${clusterWide ? 'clusterrole' : 'role'}.rbac.authorization.k8s.io "${binding.roleRef.name}" not found`);
  return (role?.rules ?? []) as PolicyRule[];
}

function subjectOf(binding: KubeObject, user: UserInfo, namespace: string): string | undefined {
  for (const subject of (binding.subjects ?? []) as Subject[]) {
    if (subject.kind === 'User' && subject.name === user.username) return `User "${subject.name}"`;
    if (subject.kind === 'Group' && user.groups.includes(subject.name)) return `Group "${subject.name}"`;
    if (subject.kind === 'ServiceAccount' && user.username === `system:serviceaccount:${subject.namespace ?? namespace}:${subject.name}`) {
      return `ServiceAccount "${subject.name}/${subject.namespace ?? namespace}"`;
    }
  }
  return undefined;
}

const includesOrAll = (list: readonly string[] | undefined, wanted: string): boolean =>
  list !== undefined && (list.includes(wanted) || list.includes('*'));

// Models pkg/apis/rbac/v1/evaluation_helpers.go.
export function ruleAllows(rule: PolicyRule, question: AccessQuestion): boolean {
  if (!includesOrAll(rule.verbs, question.verb)) return false;
  if (question.resource === '') return (rule.nonResourceURLs ?? []).some((pattern) => pathMatches(pattern, question.path ?? ''));
  if (!includesOrAll(rule.apiGroups, question.group)) return false;
  const resource = question.subresource === '' ? question.resource : `${question.resource}/${question.subresource}`;
  const resources = rule.resources ?? [];
  const covered = includesOrAll(resources, resource) || (question.subresource !== '' && resources.includes(`*/${question.subresource}`));
  return covered && (!rule.resourceNames?.length || rule.resourceNames.includes(question.name));
}

const pathMatches = (pattern: string, path: string): boolean =>
  pattern === '*' || pattern === path || (pattern.endsWith('*') && path.startsWith(pattern.slice(0, -1)));

/** The 403 of a request that nobody allowed. Models k8s.io/apiserver/pkg/endpoints/handlers/responsewriters/errors.go. */
export function denied(user: UserInfo, question: AccessQuestion, reason: string): ApiError {
  if (question.resource === '') {
    const path = question.path ?? '';
    return new ApiError(
      403,
      'Forbidden',
      `forbidden: User "${user.username}" cannot ${question.verb} path "${path}"${reason ? `: ${reason}` : ''}`,
      {},
    );
  }
  const resource = question.subresource === '' ? question.resource : `${question.resource}/${question.subresource}`;
  const scope = question.namespace === '' ? 'at the cluster scope' : `in the namespace "${question.namespace}"`;
  const about = question.name === '' ? '' : ` "${question.name}"`;
  const message = `${qualified(question.group, question.resource)}${about} is forbidden: User "${user.username}" cannot ${question.verb} resource "${resource}" in API group "${question.group}" ${scope}${reason ? `: ${reason}` : ''}`;
  return new ApiError(403, 'Forbidden', message, {
    ...(question.name ? { name: question.name } : {}),
    ...(question.group ? { group: question.group } : {}),
    kind: question.resource,
  });
}
