import { type Der, der, readDer, TAG } from './der.ts';

/** Subject alternative names (RFC 5280), each as it stands in the certificate. */
export interface AlternativeNames {
  dns: Uint8Array[];
  emails: Uint8Array[];
  ips: Uint8Array[];
  uris: Uint8Array[];
}

const KINDS: Readonly<Record<number, keyof AlternativeNames>> = { 129: 'emails', 130: 'dns', 134: 'uris', 135: 'ips' };

export const noNames = (): AlternativeNames => ({ dns: [], emails: [], ips: [], uris: [] });

export function readAlternativeNames(value: Uint8Array): AlternativeNames {
  const names = noNames();
  for (const name of readDer(value).is(TAG.sequence).children()) {
    const kind = KINDS[name.tag];
    if (kind) names[kind].push(name.raw);
  }
  return names;
}

/** Undefined where there are none. */
export function writeAlternativeNames({ dns, emails, ips, uris }: AlternativeNames): Uint8Array | undefined {
  const all = [...dns, ...emails, ...ips, ...uris];
  return all.length > 0 ? der(TAG.sequence, ...all) : undefined;
}

/** The value of an extension by its identifier, among those of a certificate or of a request for one. */
export function extensionOf(extensions: Der | undefined, oid: string): Uint8Array | undefined {
  for (const extension of extensions?.is(TAG.sequence).children() ?? []) {
    const parts = extension.is(TAG.sequence).children();
    if (parts[0]?.oid() === oid) return parts[parts.length - 1]?.is(TAG.octetString).content;
  }
  return undefined;
}

export const SUBJECT_ALTERNATIVE_NAME = '2.5.29.17';
