import { sha256 } from '@noble/hashes/sha2.js';
import { fromCivil, type Instant, toCivil } from '../../core/instant.ts';
import { type AlternativeNames, extensionOf, SUBJECT_ALTERNATIVE_NAME, writeAlternativeNames } from './alternative-names.ts';
import { type Der, der, derBits, derInteger, derOid, readDer, TAG } from './der.ts';
import { signP256 } from './ecdsa.ts';
import { ECDSA_SHA256 } from './signature.ts';
import { readSubject, type Subject } from './subject.ts';
import { extendedUsageValue, keyUsageValue } from './usages.ts';

/** What an X.509 certificate (RFC 5280) says. */
export interface Certificate {
  subject: Subject;
  issuer: Uint8Array;
  notBefore: Instant;
  notAfter: Instant;
  /** Identifiers of its extended usages; undefined where it is good for anything. */
  usages: string[] | undefined;
  signed: Uint8Array;
  algorithm: Der;
  signature: Uint8Array;
}

const BASIC_CONSTRAINTS = '2.5.29.19';
const KEY_USAGE = '2.5.29.15';
const EXTENDED_USAGE = '2.5.29.37';
const SUBJECT_KEY = '2.5.29.14';
const AUTHORITY_KEY = '2.5.29.35';
const [VERSION_TAG, EXTENSIONS_TAG] = [0xa0, 0xa3];

function readTime(value: Der): Instant {
  const text = value.text();
  const short = value.tag === TAG.utcTime;
  const figures = text.replace(/Z$/, '');
  const year = short ? Number(figures.slice(0, 2)) : Number(figures.slice(0, 4));
  const [month, day, hour, minute, second] = (figures.slice(short ? 2 : 4).match(/../g) ?? []).map(Number);
  return fromCivil(short ? (year < 50 ? 2000 + year : 1900 + year) : year, month ?? 1, day ?? 1, hour ?? 0, minute ?? 0, second ?? 0);
}

/** Until 2049 with two figures of the year, as RFC 5280 wants it. */
function writeTime(at: Instant): Uint8Array {
  const { year, month, day, hour, minute, second } = toCivil(at);
  const rest = [month, day, hour, minute, second].map((part) => String(part).padStart(2, '0')).join('');
  const isShort = year >= 1950 && year < 2050;
  return der(isShort ? TAG.utcTime : TAG.generalizedTime, new TextEncoder().encode(`${isShort ? String(year).slice(2) : year}${rest}Z`));
}

/** Throws DerError or TypeError where the bytes are no certificate. */
export function readCertificate(bytes: Uint8Array): Certificate {
  const [body, algorithm, signature] = readDer(bytes).is(TAG.sequence).children() as [Der, Der, Der];
  const parts = body.is(TAG.sequence).children();
  const [, , issuer, validity, subject, , ...rest] = (parts[0]?.tag === VERSION_TAG ? parts.slice(1) : parts) as [Der, Der, Der, Der, Der, Der];
  const [notBefore, notAfter] = validity.children() as [Der, Der];
  const extensions = (rest as Der[]).find(({ tag }) => tag === EXTENSIONS_TAG)?.children()[0];
  const usages = extensionOf(extensions, EXTENDED_USAGE);
  return {
    subject: readSubject(subject),
    issuer: issuer.raw,
    notBefore: readTime(notBefore),
    notAfter: readTime(notAfter),
    usages:
      usages &&
      readDer(usages)
        .children()
        .map((usage) => usage.oid()),
    signed: body.raw,
    algorithm,
    signature: signature.bits(),
  };
}

export interface Template {
  serial: bigint;
  issuer: Uint8Array;
  notBefore: Instant;
  notAfter: Instant;
  /** A DER name. */
  subject: Uint8Array;
  publicKey: Uint8Array;
  usages: readonly string[];
  isAuthority?: boolean;
  names?: AlternativeNames;
  /** Whether only the alternative names say whose certificate it is. */
  namesAreAll?: boolean;
  authorityKey?: Uint8Array;
}

/** Names a key by its digest. */
export const keyIdentifier = (publicKey: Uint8Array): Uint8Array => sha256(publicKey).subarray(0, 20);

function extensionsOf(template: Template): Uint8Array[] {
  const { usages, isAuthority, names, namesAreAll, authorityKey, publicKey } = template;
  const out: Uint8Array[] = [];
  const add = (oid: string, critical: boolean, value: Uint8Array | undefined): void => {
    if (!value) return;
    out.push(der(TAG.sequence, derOid(oid), ...(critical ? [der(TAG.boolean, Uint8Array.of(0xff))] : []), der(TAG.octetString, value)));
  };
  add(KEY_USAGE, true, keyUsageValue(usages));
  add(EXTENDED_USAGE, false, extendedUsageValue(usages));
  add(BASIC_CONSTRAINTS, true, der(TAG.sequence, ...(isAuthority ? [der(TAG.boolean, Uint8Array.of(0xff))] : [])));
  if (isAuthority) add(SUBJECT_KEY, false, der(TAG.octetString, keyIdentifier(publicKey)));
  if (authorityKey) add(AUTHORITY_KEY, false, der(TAG.sequence, der(0x80, authorityKey)));
  add(SUBJECT_ALTERNATIVE_NAME, Boolean(namesAreAll), names && writeAlternativeNames(names));
  return out;
}

/** A certificate under a key on P-256. */
export function writeCertificate(template: Template, key: Uint8Array): Uint8Array {
  const algorithm = der(TAG.sequence, derOid(ECDSA_SHA256));
  const body = der(
    TAG.sequence,
    der(VERSION_TAG, derInteger(2n)),
    derInteger(template.serial),
    algorithm,
    template.issuer,
    der(TAG.sequence, writeTime(template.notBefore), writeTime(template.notAfter)),
    template.subject,
    template.publicKey,
    der(EXTENSIONS_TAG, der(TAG.sequence, ...extensionsOf(template))),
  );
  return der(TAG.sequence, body, algorithm, derBits(signP256(key, sha256(body))));
}
