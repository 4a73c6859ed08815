import { chanceUuid } from '../../core/chance.ts';
import type { Instant } from '../../core/instant.ts';
import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { accountUsername } from './service-account.ts';
import { ISSUER, signToken } from './token.ts';

/** Kubelets ask for a new token when so much of the old one's time is over. Models pkg/kubelet/token/token_manager.go. */
const RENEWED_AFTER = 0.8;

export interface Projection {
  audience?: string;
  expirationSeconds?: number;
}

const DEFAULT_SECONDS = 3600;

/** What a pod reads at an instant from the projected token of its account: a function of when it was mounted, so that nobody has to write it. */
export function podToken(
  view: View,
  pod: KubeObject,
  { audience = ISSUER, expirationSeconds = DEFAULT_SECONDS }: Projection,
  mountedAt: Instant,
): string | undefined {
  const { name, namespace = '', uid } = pod.metadata;
  const account = pod.spec?.serviceAccountName || 'default';
  const accountUid = view.get(objectKey('core/serviceaccounts', namespace, account))?.metadata.uid;
  if (!accountUid || !name || !uid) return undefined;
  const roundMs = expirationSeconds * RENEWED_AFTER * 1000;
  const iat = Math.floor((mountedAt + Math.floor((view.now - mountedAt) / roundMs) * roundMs) / 1000);
  const node: string | undefined = pod.spec?.nodeName;
  const nodeUid = node && view.get(objectKey('core/nodes', '', node))?.metadata.uid;
  return signToken(view.seed, {
    aud: [audience],
    exp: iat + expirationSeconds,
    iat,
    iss: ISSUER,
    jti: chanceUuid(view.seed, 'pod token', uid, audience, iat),
    'kubernetes.io': {
      namespace,
      ...(node && nodeUid ? { node: { name: node, uid: nodeUid } } : {}),
      pod: { name, uid },
      serviceaccount: { name: account, uid: accountUid },
    },
    nbf: iat,
    sub: accountUsername(namespace, account),
  });
}
