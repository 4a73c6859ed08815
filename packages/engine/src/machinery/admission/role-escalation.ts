import { equalJson } from '../../core/json.ts';
import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import { decide, type PolicyRule } from '../authorize.ts';
import { goQuote } from '../field.ts';
import type { AdmissionPlugin, Attributes } from '../machine.ts';
import { uncovered } from '../rbac/covers.ts';
import { compactText } from '../rbac/text.ts';
import { forbidden, notFound } from '../status.ts';

const GROUP = 'rbac.authorization.k8s.io';
const MASTERS = 'system:masters';
const EVERYTHING: PolicyRule[] = [
  { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
  { nonResourceURLs: ['*'], verbs: ['*'] },
];

/**
 * Nobody gives away more than they have. Upstream asks this in the storage of roles and bindings, before admission:
 * pkg/registry/rbac/{role,clusterrole,rolebinding,clusterrolebinding}/policybased/storage.go.
 */
export const roleEscalation: AdmissionPlugin = {
  name: 'RoleEscalation',
  validate: (attributes) => {
    const { kind, operation, subresource, object, user } = attributes;
    if (kind.group !== GROUP || subresource !== '' || operation === 'DELETE' || !object || user.trusted || user.groups.includes(MASTERS)) return;
    if (kind.plural === 'roles' || kind.plural === 'clusterroles') checkRole(attributes, object);
    else checkBinding(attributes, object);
  },
};

const may = ({ txn, user, namespace }: Attributes, verb: string, resource: string, name: string): boolean =>
  decide(txn, user, { verb, group: GROUP, resource, subresource: '', namespace, name }).allowed;

function checkRole(attributes: Attributes, role: KubeObject): void {
  const { kind, old, operation, name } = attributes;
  const same = old && equalJson(old.rules ?? [], role.rules ?? []) && equalJson(old.aggregationRule ?? null, role.aggregationRule ?? null);
  if (same || may(attributes, 'escalate', kind.plural, operation === 'CREATE' ? '' : name)) return;
  refuseUncovered(attributes, (role.rules ?? []) as PolicyRule[]);
  if (role.aggregationRule && missing(attributes, EVERYTHING).length > 0) {
    throw forbidden(GROUP, kind.plural, name, 'must have cluster-admin privileges to use the aggregationRule');
  }
}

function checkBinding(attributes: Attributes, binding: KubeObject): void {
  const { old, namespace, txn } = attributes;
  if (old && equalJson(old.subjects ?? [], binding.subjects ?? []) && equalJson(old.roleRef, binding.roleRef)) return;
  const { kind, name } = binding.roleRef as { kind: string; name: string };
  const plural = kind === 'ClusterRole' ? 'clusterroles' : 'roles';
  if (may(attributes, 'bind', plural, name)) return;
  const role = txn.get(objectKey(`${GROUP}/${plural}`, kind === 'ClusterRole' ? '' : namespace, name));
  if (!role) throw notFound(GROUP, plural, name);
  refuseUncovered(attributes, (role.rules ?? []) as PolicyRule[]);
}

const missing = ({ txn, user, namespace }: Attributes, rules: readonly PolicyRule[]): PolicyRule[] => uncovered(txn, user, namespace, rules);

function refuseUncovered(attributes: Attributes, rules: readonly PolicyRule[]): void {
  const { kind, name, user, txn, namespace } = attributes;
  const missingRoles: string[] = [];
  const lacking = uncovered(txn, user, namespace, rules, missingRoles);
  if (lacking.length === 0) return;
  const groups = `[${user.groups.map(goQuote).join(' ')}]`;
  const head = `user ${goQuote(user.username)} (groups=${groups}) is attempting to grant RBAC permissions not currently held:`;
  const unresolved = missingRoles.length > 0 ? `; resolution errors: [${missingRoles.join(' ')}]` : '';
  throw forbidden(GROUP, kind.plural, name, `${head}\n${compactText(lacking).join('\n')}${unresolved}`);
}
