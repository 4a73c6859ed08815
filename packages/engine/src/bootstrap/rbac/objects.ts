import type { KubeObject } from '../../core/object.ts';
import type { Bootstrapped } from '../object.ts';
import { AGGREGATED_ROLES, aggregateLabel, PARTS } from './aggregated.ts';
import { CLUSTER_ROLE_BINDINGS, NAMESPACED_ROLES, type NamespacedRole } from './bindings.ts';
import { CLUSTER_ROLES } from './cluster-roles.ts';
import { CONTROLLER_ROLES } from './controller-roles.ts';
import { ruleOf } from './rules.ts';

const GROUP = 'rbac.authorization.k8s.io';
const API_VERSION = `${GROUP}/v1`;

const metadata = (name: string, labels: Record<string, string> = {}): KubeObject['metadata'] => ({
  name,
  annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
  labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults', ...labels },
});

const clusterRole = (name: string, rules: readonly string[], part?: string): Bootstrapped => ({
  resource: `${GROUP}/clusterroles`,
  object: {
    kind: 'ClusterRole',
    apiVersion: API_VERSION,
    metadata: metadata(name, part ? { [aggregateLabel(part)]: 'true' } : {}),
    rules: rules.map(ruleOf),
  },
});

const aggregatedRole = ({ name, from, into }: (typeof AGGREGATED_ROLES)[number]): Bootstrapped => ({
  resource: `${GROUP}/clusterroles`,
  object: {
    kind: 'ClusterRole',
    apiVersion: API_VERSION,
    metadata: metadata(name, into ? { [aggregateLabel(into)]: 'true' } : {}),
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [aggregateLabel(from)]: 'true' } }] },
  },
});

/** `User/name`, `Group/name` or `ServiceAccount/namespace/name`. */
function subjectOf(text: string): { kind: string; apiGroup?: string; name: string; namespace?: string } {
  const [kind, first, second] = text.split('/') as [string, string, string | undefined];
  return second === undefined ? { kind, apiGroup: GROUP, name: first } : { kind, name: second, namespace: first };
}

const clusterRoleBinding = (name: string, subjects: readonly string[]): Bootstrapped => ({
  resource: `${GROUP}/clusterrolebindings`,
  object: {
    kind: 'ClusterRoleBinding',
    apiVersion: API_VERSION,
    metadata: metadata(name),
    ...(subjects.length > 0 ? { subjects: subjects.map(subjectOf) } : {}),
    roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name },
  },
});

function namespacedRole({ namespace, name, rules, binding = name, subjects }: NamespacedRole): Bootstrapped[] {
  const role = { kind: 'Role', apiVersion: API_VERSION, metadata: { ...metadata(name), namespace }, rules: rules.map(ruleOf) };
  const bound = {
    kind: 'RoleBinding',
    apiVersion: API_VERSION,
    metadata: { ...metadata(binding), namespace },
    subjects: subjects.map(subjectOf),
    roleRef: { apiGroup: GROUP, kind: 'Role', name },
  };
  return [
    { resource: `${GROUP}/roles`, object: role },
    { resource: `${GROUP}/rolebindings`, object: bound },
  ];
}

/** Models plugin/pkg/auth/authorizer/rbac/bootstrappolicy and the post start hook that writes it. */
export function rbacObjects(): Bootstrapped[] {
  const controllers = Object.entries(CONTROLLER_ROLES).map(([name, rules]) => [name, `system:controller:${name}`, rules] as const);
  return [
    ...AGGREGATED_ROLES.map(aggregatedRole),
    ...Object.entries(CLUSTER_ROLES).map(([name, rules]) => clusterRole(name, rules, PARTS[name])),
    ...controllers.map(([, role, rules]) => clusterRole(role, rules)),
    ...Object.entries(CLUSTER_ROLE_BINDINGS).map(([name, subjects]) => clusterRoleBinding(name, subjects)),
    ...controllers.map(([name, role]) => clusterRoleBinding(role, [`ServiceAccount/kube-system/${name}`])),
    ...NAMESPACED_ROLES.flatMap(namespacedRole),
  ];
}
