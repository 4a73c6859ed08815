import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../../machinery/field.ts';
import { semanticEqual } from '../../shared/equal.ts';
import { validateSignerName } from '../../shared/podspec/projected.ts';

// Models ValidateCertificateSigningRequest* in pkg/apis/certificates/validation/validation.go.
const USAGES = [
  'any',
  'cert sign',
  'client auth',
  'code signing',
  'content commitment',
  'crl sign',
  'data encipherment',
  'decipher only',
  'digital signature',
  'email protection',
  'encipher only',
  'ipsec end system',
  'ipsec tunnel',
  'ipsec user',
  'key agreement',
  'key encipherment',
  'microsoft sgc',
  'netscape sgc',
  'ocsp signing',
  's/mime',
  'server auth',
  'signing',
  'timestamping',
];
const EXPIRATION_SECONDS_MIN = 600;
const PEM_START = 'LS0tLS1CRUdJTi'; // base64 of "-----BEGIN"

export function validate({ spec }: KubeObject): FieldError[] {
  const { request = '', signerName, usages = [], expirationSeconds } = spec;
  const errors: FieldError[] = [];
  if (!request.startsWith(PEM_START)) errors.push(invalid('spec.request', request, 'PEM block type must be CERTIFICATE REQUEST'));
  if (usages.length === 0) errors.push(required('spec.usages'));
  for (const [i, usage] of (usages as string[]).entries()) {
    if (!USAGES.includes(usage)) errors.push(notSupported(`spec.usages[${i}]`, usage, USAGES));
    if (usages.indexOf(usage) < i) errors.push({ type: 'FieldValueDuplicate', field: `spec.usages[${i}]`, body: `Duplicate value: "${usage}"` });
  }
  if (!signerName) errors.push(required('spec.signerName'));
  else errors.push(...validateSignerName(signerName, 'spec.signerName'));
  if (expirationSeconds !== undefined && expirationSeconds < EXPIRATION_SECONDS_MIN) {
    errors.push(invalid('spec.expirationSeconds', expirationSeconds, 'may not specify a duration less than 600 seconds (10 minutes)'));
  }
  return errors;
}

export const validateUpdate = (request: KubeObject, old: KubeObject): FieldError[] =>
  semanticEqual(request.spec, old.spec) ? [] : [forbiddenField('spec', 'updates to spec are forbidden')];
