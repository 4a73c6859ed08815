import { chanceUuid } from '../../../../core/chance.ts';
import { type Instant, toRfc3339 } from '../../../../core/instant.ts';
import type { KubeObject } from '../../../../core/object.ts';
import { type ActionContext, defineAction } from '../../../../machinery/action.ts';
import { type FieldError, invalid, invalidObject } from '../../../../machinery/field.ts';
import { accountUsername } from '../../../../machinery/identity/service-account.ts';
import { type Claims, ISSUER, signToken } from '../../../../machinery/identity/token.ts';
import { boundTo } from '../bound.ts';

const DEFAULT_SECONDS = 3600;
const SECONDS_MIN = 600;
const SECONDS_MAX = 2 ** 32;
/** What kubelets ask for where a pod wants a token as those before v1.21 were: it lives for a year, so that clients which never read it again go on. */
const EXTENDED_FROM_SECONDS = 3607;
const EXTENDED_SECONDS = 365 * 86_400;

/** POST serviceaccounts/x/token, which `kubectl create token` asks. Models pkg/registry/core/serviceaccount/storage/token.go. */
export const createToken = defineAction({
  resource: 'core/serviceaccounts',
  subresource: 'token',
  verbs: ['create'],
  group: 'authentication.k8s.io',
  version: 'v1',
  kind: 'TokenRequest',
  schema: 'authentication.v1.TokenRequest',
  run: (context) => {
    const { write, object, body } = context;
    const { now, seed, revision } = write.txn;
    const { name, namespace, uid } = object.metadata;
    const expirationSeconds: number = body?.spec?.expirationSeconds ?? DEFAULT_SECONDS;
    const audiences: string[] = body?.spec?.audiences?.length ? body.spec.audiences : [ISSUER];
    const errors = [...nameErrors(object, body), ...lifetimeErrors(expirationSeconds)];
    if (errors.length > 0) throw invalidObject('authentication.k8s.io', 'TokenRequest', name ?? '', errors);
    const boundObjectRef = body?.spec?.boundObjectRef;
    const claims = claimsOf(context, audiences, expirationSeconds, chanceUuid(seed, 'token', uid ?? '', revision, now));
    const expirationTimestamp = toRfc3339(now + expirationSeconds * 1000);
    return {
      status: 201,
      object: {
        kind: 'TokenRequest',
        apiVersion: 'authentication.k8s.io/v1',
        metadata: { name, namespace, creationTimestamp: toRfc3339(now) } as KubeObject['metadata'],
        spec: { audiences, expirationSeconds, boundObjectRef: boundObjectRef ?? null },
        status: { token: signToken(seed, claims), expirationTimestamp },
      },
    };
  },
});

function nameErrors({ metadata: { name, namespace } }: KubeObject, body: KubeObject | undefined): FieldError[] {
  const asked = body?.metadata ?? {};
  return [
    ...(asked.name && asked.name !== name ? [invalid('metadata.name', asked.name, 'must match the service account name if specified')] : []),
    ...(asked.namespace && asked.namespace !== namespace
      ? [invalid('metadata.namespace', asked.namespace, 'must match the service account namespace if specified')]
      : []),
  ];
}

// Models ValidateTokenRequest in pkg/apis/authentication/validation.
function lifetimeErrors(seconds: number): FieldError[] {
  const field = 'spec.expirationSeconds';
  if (seconds < SECONDS_MIN) return [invalid(field, seconds, 'may not specify a duration less than 10 minutes')];
  return seconds > SECONDS_MAX ? [invalid(field, seconds, 'may not specify a duration larger than 2^32 seconds')] : [];
}

const secondsOf = (now: Instant): number => Math.floor(now / 1000);

function claimsOf({ write, object, body }: ActionContext, aud: string[], expirationSeconds: number, jti: string): Claims {
  const issuedAt = secondsOf(write.txn.now);
  const { name, namespace, uid } = object.metadata as { name: string; namespace: string; uid: string };
  const bound = boundTo(write.txn, object, body?.spec?.boundObjectRef);
  const isExtended = bound.pod !== undefined && expirationSeconds === EXTENDED_FROM_SECONDS && aud.every((audience) => audience === ISSUER);
  return {
    aud,
    exp: issuedAt + (isExtended ? EXTENDED_SECONDS : expirationSeconds),
    iat: issuedAt,
    iss: ISSUER,
    jti,
    'kubernetes.io': {
      namespace,
      ...bound,
      serviceaccount: { name, uid },
      ...(isExtended ? { warnafter: issuedAt + expirationSeconds } : {}),
    },
    nbf: issuedAt,
    sub: accountUsername(namespace, name),
  };
}
