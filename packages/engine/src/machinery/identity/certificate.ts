import { sha256 } from '@noble/hashes/sha2.js';
import type { View } from '../../core/txn.ts';
import { authorityOf } from '../pki/authority.ts';
import { type Certificate, readCertificate } from '../pki/certificate.ts';
import { DerError } from '../pki/der.ts';
import { ANY_USAGE, CLIENT_AUTH } from '../pki/usages.ts';
import type { UserInfo } from '../request.ts';

const AUTHENTICATED = 'system:authenticated';
const CREDENTIAL = 'authentication.kubernetes.io/credential-id';

interface Known {
  certificate: Certificate;
  fingerprint: string;
  /** What the authority of which seed said. */
  signedBy?: { seed: string; verdict: boolean };
}

/** A connection presents the same bytes with every request. */
const remembered = new WeakMap<Uint8Array, Known | 'unreadable'>();

function read(bytes: Uint8Array): Known | 'unreadable' {
  try {
    const hex = [...sha256(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return { certificate: readCertificate(bytes), fingerprint: hex };
  } catch (error) {
    if (error instanceof DerError || error instanceof TypeError) return 'unreadable';
    throw error;
  }
}

function isSigned(view: View, known: Known): boolean {
  if (known.signedBy?.seed !== view.seed) known.signedBy = { seed: view.seed, verdict: authorityOf(view).hasSigned(known.certificate) };
  return known.signedBy.verdict;
}

/** Whom a client's certificate (DER) stands for at this instant. Models k8s.io/apiserver/pkg/authentication/request/x509. */
export function authenticateCertificate(view: View, bytes: Uint8Array): UserInfo | undefined {
  const known = remembered.get(bytes) ?? read(bytes);
  remembered.set(bytes, known);
  if (known === 'unreadable') return undefined;
  const { subject, notBefore, notAfter, usages } = known.certificate;
  if (view.now < notBefore || view.now > notAfter || subject.commonName === '') return undefined;
  if (usages && !usages.includes(CLIENT_AUTH) && !usages.includes(ANY_USAGE)) return undefined;
  if (!isSigned(view, known)) return undefined;
  const [uid] = subject.uids;
  return {
    username: subject.commonName,
    ...(uid ? { uid } : {}),
    groups: [...subject.organizations, AUTHENTICATED],
    extra: { [CREDENTIAL]: [`X509SHA256=${known.fingerprint}`] },
  };
}
