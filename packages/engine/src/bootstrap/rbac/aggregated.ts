/** Cluster roles made of others: which label chooses those, and into which other role each itself goes. */
export const AGGREGATED_ROLES: readonly { name: string; from: string; into?: string }[] = [
  { name: 'admin', from: 'admin' },
  { name: 'edit', from: 'edit', into: 'admin' },
  { name: 'view', from: 'view', into: 'edit' },
];

/** Roles that only exist to be aggregated. */
export const PARTS: Readonly<Record<string, string>> = {
  'system:aggregate-to-admin': 'admin',
  'system:aggregate-to-edit': 'edit',
  'system:aggregate-to-view': 'view',
};

export const aggregateLabel = (role: string): string => `rbac.authorization.k8s.io/aggregate-to-${role}`;
