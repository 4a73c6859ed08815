import { accountUsername } from './service-account.ts';
import { LEGACY_ISSUER, signToken } from './token.ts';

/** The token that a Secret of type kubernetes.io/service-account-token holds. Models LegacyClaims in pkg/serviceaccount/legacy.go. */
export const secretToken = (seed: string, namespace: string, secret: string, account: { name: string; uid: string }): string =>
  signToken(seed, {
    iss: LEGACY_ISSUER,
    'kubernetes.io/serviceaccount/namespace': namespace,
    'kubernetes.io/serviceaccount/secret.name': secret,
    'kubernetes.io/serviceaccount/service-account.name': account.name,
    'kubernetes.io/serviceaccount/service-account.uid': account.uid,
    sub: accountUsername(namespace, account.name),
  });
