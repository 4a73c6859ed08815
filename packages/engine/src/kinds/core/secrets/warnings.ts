import type { KubeObject } from '../../../core/object.ts';
import { textOfSecret } from '../../../machinery/identity/base64.ts';
import { ownValue } from '../../shared/fields.ts';

const BLOCK = /-----BEGIN ([^-\n]+)-----\s+[A-Za-z0-9+/=\s]*-----END \1-----/g;

/** What TLS servers would trip over first. Models warningsForSecret in pkg/registry/core/secret/strategy.go, as far as X509KeyPair of crypto/tls looks for PEM blocks. */
export function warnings({ type, data }: KubeObject): string[] {
  if (type !== 'kubernetes.io/tls') return [];
  const problem = certificateProblem(blocks(data, 'tls.crt')) ?? keyProblem(blocks(data, 'tls.key'));
  return problem === undefined ? [] : [`tls: ${problem}`];
}

/** The types of the blocks of a PEM text. */
const blocks = (data: Record<string, string> | undefined, key: string): string[] =>
  [...textOfSecret(ownValue<string>(data, key) ?? '').matchAll(BLOCK)].map(([, type]) => type as string);

function certificateProblem(types: string[]): string | undefined {
  if (types.includes('CERTIFICATE')) return undefined;
  if (types.length === 0) return 'failed to find any PEM data in certificate input';
  if (types.length === 1 && types[0]?.endsWith('PRIVATE KEY'))
    return 'failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched';
  return `failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: [${types.join(' ')}]`;
}

function keyProblem(types: string[]): string | undefined {
  if (types.some((type) => type === 'PRIVATE KEY' || type.endsWith(' PRIVATE KEY'))) return undefined;
  if (types.length === 0) return 'failed to find any PEM data in key input';
  if (types.length === 1 && types[0] === 'CERTIFICATE') return 'found a certificate rather than a key in the PEM for the private key';
  return `failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: [${types.join(' ')}]`;
}
