import { objectKey } from '../../core/key.ts';
import type { View } from '../../core/txn.ts';
import { notFound } from '../status.ts';
import { secretText } from './base64.ts';
import type { Claims, Owner } from './token.ts';

export const legacyOwner = (claims: Claims): Owner => ({
  namespace: claims['kubernetes.io/serviceaccount/namespace'] ?? '',
  serviceaccount: {
    name: claims['kubernetes.io/serviceaccount/service-account.name'] ?? '',
    uid: claims['kubernetes.io/serviceaccount/service-account.uid'] ?? '',
  },
});

/** A token out of a Secret is good for as long as it is in there. Models Validate in pkg/serviceaccount/legacy.go. */
export function legacyProblem(view: View, token: string, claims: Claims): string | undefined {
  const { namespace, serviceaccount } = legacyOwner(claims);
  const { name, uid } = serviceaccount;
  const secret = view.get(objectKey('core/secrets', namespace, claims['kubernetes.io/serviceaccount/secret.name'] ?? ''));
  if (!secret || secret.metadata.deletionTimestamp) return 'Token has been invalidated';
  if (secret.data?.token !== secretText(token)) return "Token does not match server's copy";
  const account = view.get(objectKey('core/serviceaccounts', namespace, name));
  if (!account) return notFound('', 'serviceaccounts', name).message;
  if (account.metadata.deletionTimestamp) return `ServiceAccount ${namespace}/${name} has been deleted`;
  return account.metadata.uid === uid ? undefined : `ServiceAccount UID (${account.metadata.uid}) does not match claim (${uid})`;
}
