import { objectKey } from '../../core/key.ts';
import type { View } from '../../core/txn.ts';
import type { ApiAnswer } from '../request.ts';
import { ALGORITHM, signingKeyOf } from './signing-key.ts';
import { ISSUER } from './token.ts';

export const CONFIGURATION_PATH = '/.well-known/openid-configuration';
export const KEYS_PATH = '/openid/v1/jwks';

/** What others verify a cluster's tokens with. Models pkg/serviceaccount/openidmetadata.go and pkg/routes/openidmetadata.go. */
export function openIdDocument(view: View, path: string): ApiAnswer | undefined {
  switch (path.replace(/\/$/, '')) {
    case CONFIGURATION_PATH:
      return cacheable('application/json', {
        issuer: ISSUER,
        jwks_uri: `https://${serverAddress(view)}${KEYS_PATH}`,
        response_types_supported: ['id_token'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: [ALGORITHM],
      });
    case KEYS_PATH:
      return cacheable('application/jwk-set+json', { keys: [signingKeyOf(view.seed).publicJwk()] });
    default:
      return undefined;
  }
}

const cacheable = (type: string, body: object): ApiAnswer => ({
  type: 'answer',
  status: 200,
  headers: [
    ['content-type', type],
    ['cache-control', 'public, max-age=3600'],
  ],
  body: JSON.stringify(body),
});

/** The address that the API server says it has. */
function serverAddress(view: View): string {
  const [subset] = view.get(objectKey('core/endpoints', 'default', 'kubernetes'))?.subsets ?? [];
  return `${subset?.addresses?.[0]?.ip ?? 'kubernetes.default.svc'}:${subset?.ports?.[0]?.port ?? 443}`;
}
