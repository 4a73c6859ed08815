import type { KubeObject } from '../../core/object.ts';
import type { Column } from '../../machinery/kind.ts';
import type { Part } from '../shared/fields.ts';
import { ageColumn, nameColumn, text, wide } from './standard.ts';

const subjects = (binding: KubeObject, kind: string, show: (subject: Part) => string): string =>
  (binding.subjects ?? [])
    .filter((subject: Part) => subject.kind === kind)
    .map(show)
    .join(', ');

const name = (subject: Part): string => subject.name;

/** Models printRoleBinding and printClusterRoleBinding in pkg/printers/internalversion/printers.go. */
export const bindingColumns = (noun: 'roleBinding' | 'clusterRoleBinding'): Column<KubeObject>[] => [
  nameColumn,
  text(
    'Role',
    'RoleRef can reference a Role in the current namespace or a ClusterRole in the global namespace. If the RoleRef cannot be resolved, the Authorizer must return an error. This field is immutable.',
    ({ roleRef }) => `${roleRef?.kind}/${roleRef?.name}`,
  ),
  ageColumn,
  wide(text('Users', `Users in the ${noun}`, (binding) => subjects(binding, 'User', name))),
  wide(text('Groups', `Groups in the ${noun}`, (binding) => subjects(binding, 'Group', name))),
  wide(
    text('ServiceAccounts', `ServiceAccounts in the ${noun}`, (binding) =>
      subjects(binding, 'ServiceAccount', (subject) => `${subject.namespace ?? ''}/${subject.name}`),
    ),
  ),
];
