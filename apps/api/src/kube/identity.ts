import { type ApiRequest, isToken } from '@vivakube/engine';
import type { Credentials } from './auth.ts';

/** Who makes a request. */
export type Identity = Pick<ApiRequest, 'user' | 'token' | 'impersonate'>;

const ANONYMOUS: ApiRequest['user'] = { username: 'system:anonymous', groups: ['system:unauthenticated'] };
const EXTRA = 'impersonate-extra-';

/** A token with the look of one that a cluster signed is left to the cluster: only its own state can tell. */
export const clusterIdentity = ({ token }: Credentials): Identity | undefined => (isToken(token) ? { user: ANONYMOUS, token } : undefined);

const valuesOf = (text: string | null | undefined): string[] => (text ? text.split(/, */) : []);

/** Keys are percent-encoded, because header names hold no slash. */
function keyOf(header: string): string {
  const text = header.slice(EXTRA.length);
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whom the Impersonate headers ask to be. Models k8s.io/apiserver/pkg/endpoints/filters/impersonation. */
export function impersonation(headers: Headers): ApiRequest['impersonate'] {
  const username = headers.get('impersonate-user') ?? '';
  const uid = headers.get('impersonate-uid');
  const groups = valuesOf(headers.get('impersonate-group'));
  const extra: Record<string, string[]> = Object.create(null);
  for (const [name, value] of headers) if (name.startsWith(EXTRA)) extra[keyOf(name)] = valuesOf(value);
  if (!username && !uid && groups.length === 0 && Object.keys(extra).length === 0) return undefined;
  return { username, ...(uid ? { uid } : {}), groups, extra };
}
