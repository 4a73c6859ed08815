import { type AlternativeNames, extensionOf, noNames, readAlternativeNames, SUBJECT_ALTERNATIVE_NAME } from './alternative-names.ts';
import { type Der, DerError, readDer, TAG } from './der.ts';
import { readPem } from './pem.ts';
import { signatureProblem } from './signature.ts';
import { readSubject, type Subject } from './subject.ts';

/** What a PKCS #10 request (RFC 2986) asks for. */
export interface CertificateRequest {
  subject: Subject;
  names: AlternativeNames;
  /** SubjectPublicKeyInfo, as it will stand in the certificate. */
  publicKey: Uint8Array;
  /** Why the asker does not seem to hold the key; undefined where they do. */
  signatureProblem: string | undefined;
}

const EXTENSION_REQUEST = '1.2.840.113549.1.9.14';
const ATTRIBUTES_TAG = 0xa0;

function requestedExtensions(attributes: Der | undefined): Der | undefined {
  for (const attribute of attributes?.children() ?? []) {
    const [oid, values] = attribute.is(TAG.sequence).children() as [Der, Der];
    if (oid.oid() === EXTENSION_REQUEST) return values.is(TAG.set).children()[0];
  }
  return undefined;
}

function parse(bytes: Uint8Array): CertificateRequest {
  const [info, algorithm, signature] = readDer(bytes).is(TAG.sequence).children() as [Der?, Der?, Der?];
  if (!info || !algorithm || !signature) throw new DerError('asn1: syntax error: sequence truncated');
  const [version, subject, key, attributes] = info.is(TAG.sequence).children() as [Der?, Der?, Der?, Der?];
  if (!version || !subject || !key) throw new DerError('asn1: syntax error: sequence truncated');
  version.integer();
  const names = extensionOf(requestedExtensions(attributes?.tag === ATTRIBUTES_TAG ? attributes : undefined), SUBJECT_ALTERNATIVE_NAME);
  return {
    subject: readSubject(subject),
    names: names ? readAlternativeNames(names) : noNames(),
    publicKey: key.raw,
    signatureProblem: signatureProblem(key, algorithm, info.raw, signature.bits()),
  };
}

/** Models ParseCSR in pkg/apis/certificates/helpers.go. */
export function readRequest(pem: string): CertificateRequest | { problem: string } {
  const block = readPem(pem);
  if (block?.type !== 'CERTIFICATE REQUEST') return { problem: 'PEM block type must be CERTIFICATE REQUEST' };
  try {
    return parse(block.bytes);
  } catch (error) {
    // A structure that breaks off is missing parts where it was taken to pieces.
    if (error instanceof DerError || error instanceof TypeError)
      return { problem: error instanceof DerError ? error.message : 'asn1: syntax error: sequence truncated' };
    throw error;
  }
}
