import { parseRfc3339 } from '../../core/instant.ts';
import { objectKey, type ResourceName } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import type { UserInfo } from '../request.ts';
import { notFound } from '../status.ts';
import { legacyOwner, legacyProblem } from './legacy.ts';
import { accountGroups, accountUsername } from './service-account.ts';
import { type Claims, ISSUER, LEGACY_ISSUER, type Owner, readToken } from './token.ts';

const AUTHENTICATED = 'system:authenticated';
const EXTRA = 'authentication.kubernetes.io/';
/** For how long after its end something still counts, since clocks differ. Models jwt.DefaultLeeway. */
const LEEWAY_MS = 60_000;

type Named = Owner['serviceaccount'];

/** Whom a token stands for and to whom it was shown, or why it proves nothing; there may be nothing to say. */
export type Verdict = { user: UserInfo; audiences: readonly string[] } | { problem: string | undefined };

/** Models pkg/serviceaccount/jwt.go. */
export function authenticateToken(view: View, token: string, audiences: readonly string[] = [ISSUER]): Verdict {
  const read = readToken(view.seed, token);
  if ('problem' in read) return read;
  const { claims } = read;
  const isLegacy = claims.iss === LEGACY_ISSUER;
  const meant = isLegacy ? [ISSUER] : (claims.aud ?? []);
  const met = meant.filter((audience) => audiences.includes(audience));
  if (met.length === 0) return { problem: `token audiences ${quoted(meant)} is invalid for the target audiences ${quoted(audiences)}` };
  const owner = isLegacy ? legacyOwner(claims) : claims['kubernetes.io'];
  if (!owner) return { problem: 'service account token claims could not be validated due to unexpected private claim' };
  const problem = isLegacy ? legacyProblem(view, token, claims) : boundProblem(view, claims, owner);
  return problem === undefined ? { user: userOf(owner, claims.jti), audiences: met } : { problem };
}

const quoted = (texts: readonly string[]): string => `[${texts.map((text) => JSON.stringify(text)).join(' ')}]`;

function userOf(owner: Owner, jti: string | undefined): UserInfo {
  const { namespace, serviceaccount } = owner;
  return {
    username: accountUsername(namespace, serviceaccount.name),
    uid: serviceaccount.uid,
    groups: [...accountGroups(namespace), AUTHENTICATED],
    ...(jti ? { extra: extraOf(jti, owner) } : {}),
  };
}

const INVALIDATED = 'service account token has been invalidated';

/** Models Validate in pkg/serviceaccount/claims.go. */
function boundProblem(view: View, { exp = 0, nbf = 0 }: Claims, { namespace, serviceaccount, secret, pod, node }: Owner): string | undefined {
  if (view.now - LEEWAY_MS > exp * 1000) return 'service account token has expired';
  if (view.now + LEEWAY_MS < nbf * 1000) return 'service account token is not valid yet';
  const account = view.get(objectKey('core/serviceaccounts', namespace, serviceaccount.name));
  if (!account) return notFound('', 'serviceaccounts', serviceaccount.name).message;
  if (isLongGone(view, account)) return `service account ${namespace}/${serviceaccount.name} has been deleted`;
  if (account.metadata.uid !== serviceaccount.uid) {
    return `service account UID (${account.metadata.uid}) does not match claim (${serviceaccount.uid})`;
  }
  return (
    (secret && bindingProblem(view, 'core/secrets', namespace, secret, 'secret')) ??
    (pod && bindingProblem(view, 'core/pods', namespace, pod, 'pod')) ??
    // A pod's token also names its node, which says nothing about how long it is valid.
    (node && !pod ? bindingProblem(view, 'core/nodes', '', node, 'node') : undefined)
  );
}

function bindingProblem(view: View, resource: ResourceName, namespace: string, { name, uid }: Named, what: string): string | undefined {
  const object = view.get(objectKey(resource, namespace, name));
  if (!object) return INVALIDATED;
  if (object.metadata.uid !== uid) return `${what} UID (${object.metadata.uid}) does not match service account ${what} ref claim (${uid})`;
  return isLongGone(view, object) ? INVALIDATED : undefined;
}

function isLongGone(view: View, { metadata: { deletionTimestamp } }: KubeObject): boolean {
  return deletionTimestamp !== undefined && (parseRfc3339(deletionTimestamp) ?? 0) < view.now - LEEWAY_MS;
}

function extraOf(jti: string, { pod, node }: Owner): Record<string, string[]> {
  return {
    [`${EXTRA}credential-id`]: [`JTI=${jti}`],
    ...(node ? { [`${EXTRA}node-name`]: [node.name], [`${EXTRA}node-uid`]: [node.uid] } : {}),
    ...(pod ? { [`${EXTRA}pod-name`]: [pod.name], [`${EXTRA}pod-uid`]: [pod.uid] } : {}),
  };
}
