/** Models k8s.io/apiserver/pkg/authentication/serviceaccount. */
const PREFIX = 'system:serviceaccount:';

export const accountUsername = (namespace: string, name: string): string => `${PREFIX}${namespace}:${name}`;

export const accountGroups = (namespace: string): string[] => ['system:serviceaccounts', `system:serviceaccounts:${namespace}`];

export function splitAccount(username: string): { namespace: string; name: string } | undefined {
  const [namespace, name, ...rest] = username.startsWith(PREFIX) ? username.slice(PREFIX.length).split(':') : [];
  return namespace && name && rest.length === 0 ? { namespace, name } : undefined;
}
