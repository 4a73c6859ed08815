import type { View } from '../../core/txn.ts';
import { type AccessQuestion, decide, denied } from '../authorize.ts';
import type { Impersonation, UserInfo } from '../request.ts';
import { badRequest } from '../status.ts';
import { accountGroups, splitAccount } from './service-account.ts';

export const ANONYMOUS = 'system:anonymous';
const [AUTHENTICATED, UNAUTHENTICATED] = ['system:authenticated', 'system:unauthenticated'];
const AUTHENTICATION = 'authentication.k8s.io';

/** Who a request is made as, if its user may be all that. Models k8s.io/apiserver/pkg/endpoints/filters/impersonation. */
export function impersonated(view: View, user: UserInfo, asked: Impersonation): UserInfo {
  const { username, uid, groups, extra } = asked;
  if (!username) throw badRequest('requested impersonation of groups, a uid or extra without impersonating a user name');
  const account = splitAccount(username);
  const questions = [
    account ? question('serviceaccounts', '', account.name, account.namespace) : question('users', '', username),
    ...groups.map((group) => question('groups', '', group)),
    ...(uid ? [question('uids', '', uid, '', AUTHENTICATION)] : []),
    ...Object.entries(extra).flatMap(([key, values]) => values.map((value) => question('userextras', key, value, '', AUTHENTICATION))),
  ];
  for (const each of questions) {
    const { allowed, reason } = decide(view, user, each);
    if (!allowed) throw denied(user, each, reason);
  }
  const own = account && groups.length === 0 ? accountGroups(account.namespace) : groups;
  return { username, ...(uid ? { uid } : {}), groups: withImplied(username, own), ...(Object.keys(extra).length > 0 ? { extra } : {}) };
}

const question = (resource: string, subresource: string, name: string, namespace = '', group = ''): AccessQuestion => ({
  verb: 'impersonate',
  resource,
  subresource,
  group,
  namespace,
  name,
});

function withImplied(username: string, groups: readonly string[]): string[] {
  if (username === ANONYMOUS) return groups.includes(UNAUTHENTICATED) ? [...groups] : [...groups, UNAUTHENTICATED];
  return groups.includes(AUTHENTICATED) || groups.includes(UNAUTHENTICATED) ? [...groups] : [...groups, AUTHENTICATED];
}
