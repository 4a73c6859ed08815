import { objectKey } from '../../core/key.ts';
import type { View } from '../../core/txn.ts';
import type { UserInfo } from '../request.ts';
import { secretText } from './base64.ts';
import { accountGroups, accountUsername } from './service-account.ts';
import { type Claims, ISSUER, LEGACY_ISSUER, readToken } from './token.ts';

const AUTHENTICATED = 'system:authenticated';
const EXTRA = 'authentication.kubernetes.io/';

type Owner = NonNullable<Claims['kubernetes.io']>;

/** Whom a token stands for at this instant. Models pkg/serviceaccount/claims.go (Validate) and jwt.go. */
export function authenticateToken(view: View, token: string, audiences: readonly string[] = [ISSUER]): UserInfo | undefined {
  const claims = readToken(view.seed, token);
  if (!claims) return undefined;
  const owner = claims.iss === LEGACY_ISSUER ? legacyOwner(view, token, claims) : boundOwner(view, claims, audiences);
  if (!owner || !isThere(view, 'core/serviceaccounts', owner.namespace, owner.serviceaccount)) return undefined;
  const { namespace, serviceaccount } = owner;
  return {
    username: accountUsername(namespace, serviceaccount.name),
    uid: serviceaccount.uid,
    groups: [...accountGroups(namespace), AUTHENTICATED],
    ...(claims.jti ? { extra: extraOf(claims.jti, owner) } : {}),
  };
}

function boundOwner(view: View, { iss, exp, nbf, aud, 'kubernetes.io': owner }: Claims, audiences: readonly string[]): Owner | undefined {
  const seconds = view.now / 1000;
  if (iss !== ISSUER || !owner || seconds > (exp ?? 0) || seconds < Math.floor(nbf ?? 0)) return undefined;
  if (!aud?.some((audience) => audiences.includes(audience))) return undefined;
  const { namespace, pod, secret, node } = owner;
  const bound = (!pod || isThere(view, 'core/pods', namespace, pod)) && (!secret || isThere(view, 'core/secrets', namespace, secret));
  // A pod's token also names its node, which says nothing about how long it is valid.
  return bound && (!node || pod || isThere(view, 'core/nodes', '', node)) ? owner : undefined;
}

/** A token out of a Secret is good for as long as it is in there. */
function legacyOwner(view: View, token: string, claims: Claims): Owner | undefined {
  const namespace = claims['kubernetes.io/serviceaccount/namespace'] ?? '';
  const secret = view.get(objectKey('core/secrets', namespace, claims['kubernetes.io/serviceaccount/secret.name'] ?? ''));
  const stored = secret?.data?.token as string | undefined;
  if (stored === undefined || secret?.metadata.deletionTimestamp || stored !== secretText(token)) return undefined;
  const name = claims['kubernetes.io/serviceaccount/service-account.name'] ?? '';
  return { namespace, serviceaccount: { name, uid: claims['kubernetes.io/serviceaccount/service-account.uid'] ?? '' } };
}

function isThere(view: View, resource: string, namespace: string, { name, uid }: { name: string; uid: string }): boolean {
  return view.get(objectKey(resource, namespace, name))?.metadata.uid === uid;
}

function extraOf(jti: string, { pod, node }: Owner): Record<string, string[]> {
  return {
    [`${EXTRA}credential-id`]: [`JTI=${jti}`],
    ...(node ? { [`${EXTRA}node-name`]: [node.name], [`${EXTRA}node-uid`]: [node.uid] } : {}),
    ...(pod ? { [`${EXTRA}pod-name`]: [pod.name], [`${EXTRA}pod-uid`]: [pod.uid] } : {}),
  };
}
