import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { type ApiRequest, isToken } from '@vivakube/engine';
import type { Credentials } from './auth.ts';

/** Who makes a request. */
export type Identity = Pick<ApiRequest, 'user' | 'token' | 'certificate' | 'impersonate'>;

export const ANONYMOUS: ApiRequest['user'] = { username: 'system:anonymous', groups: ['system:unauthenticated'] };
const EXTRA = 'impersonate-extra-';

/** A token with the look of one that a cluster signed is left to the cluster: only its own state can tell. */
export const clusterIdentity = ({ token }: Credentials): Identity | undefined => (isToken(token) ? { user: ANONYMOUS, token } : undefined);

const NO_CERTIFICATE = new Uint8Array();
const presented = new WeakMap<Socket, Uint8Array>();

/** The certificate whose key the other end of a connection has proved to hold. Which cluster signed it, if any, is the cluster's to say. */
export function clientCertificate(socket: Socket | undefined): Uint8Array | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  const known = presented.get(socket) ?? socket.getPeerCertificate().raw ?? NO_CERTIFICATE;
  presented.set(socket, known);
  return known.length > 0 ? known : undefined;
}

/** What may be read without any credentials, as with an AuthenticationConfiguration that leaves only these paths to system:anonymous. */
export const isOpen = (path: string): boolean => /^\/(healthz|livez|readyz|version)(\/|$)/.test(path);

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
