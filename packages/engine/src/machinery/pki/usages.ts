import { der, derBits, derOid, TAG } from './der.ts';

/** Bits of the key usage extension. Models keyUsageDict in pkg/controller/certificates/authority/policies.go. */
const KEY_USAGES: readonly [usage: string, bit: number][] = [
  ['signing', 0],
  ['digital signature', 0],
  ['content commitment', 1],
  ['key encipherment', 2],
  ['data encipherment', 3],
  ['key agreement', 4],
  ['cert sign', 5],
  ['crl sign', 6],
  ['encipher only', 7],
  ['decipher only', 8],
];

/** In the order of crypto/x509. */
const EXTENDED_USAGES: readonly [usage: string, oid: string][] = [
  ['any', '2.5.29.37.0'],
  ['server auth', '1.3.6.1.5.5.7.3.1'],
  ['client auth', '1.3.6.1.5.5.7.3.2'],
  ['code signing', '1.3.6.1.5.5.7.3.3'],
  ['email protection', '1.3.6.1.5.5.7.3.4'],
  ['s/mime', '1.3.6.1.5.5.7.3.4'],
  ['ipsec end system', '1.3.6.1.5.5.7.3.5'],
  ['ipsec tunnel', '1.3.6.1.5.5.7.3.6'],
  ['ipsec user', '1.3.6.1.5.5.7.3.7'],
  ['timestamping', '1.3.6.1.5.5.7.3.8'],
  ['ocsp signing', '1.3.6.1.5.5.7.3.9'],
  ['microsoft sgc', '1.3.6.1.4.1.311.10.3.3'],
  ['netscape sgc', '2.16.840.1.113730.4.1'],
];

export const ANY_USAGE = '2.5.29.37.0';
export const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

export function keyUsageValue(usages: readonly string[]): Uint8Array | undefined {
  const bits = KEY_USAGES.filter(([usage]) => usages.includes(usage)).map(([, bit]) => bit);
  if (bits.length === 0) return undefined;
  const last = Math.max(...bits);
  const bytes = new Uint8Array(Math.floor(last / 8) + 1);
  for (const bit of bits) bytes[bit >> 3] = (bytes[bit >> 3] as number) | (0x80 >> (bit & 7));
  return derBits(bytes, 7 - (last & 7));
}

export function extendedUsageValue(usages: readonly string[]): Uint8Array | undefined {
  const oids = new Set(EXTENDED_USAGES.filter(([usage]) => usages.includes(usage)).map(([, oid]) => oid));
  return oids.size > 0 ? der(TAG.sequence, ...[...oids].map(derOid)) : undefined;
}
