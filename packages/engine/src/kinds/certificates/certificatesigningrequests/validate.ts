import type { KubeObject } from '../../../core/object.ts';
import { duplicate, type FieldError, forbiddenField, invalid, notSupported, required } from '../../../machinery/field.ts';
import { textOfSecret } from '../../../machinery/identity/base64.ts';
import { readRequest } from '../../../machinery/pki/request.ts';
import { semanticEqual } from '../../shared/equal.ts';
import type { Part } from '../../shared/fields.ts';
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
const LEGACY_SIGNER = 'kubernetes.io/legacy-unknown';
const STATUSES = ['False', 'True', 'Unknown'];
const [DECISIONS, SETTLED] = [
  ['Approved', 'Denied'],
  ['Approved', 'Denied', 'Failed'],
];

function validateRequest(request: string): FieldError[] {
  const read = readRequest(textOfSecret(request));
  const problem = 'problem' in read ? read.problem : read.signatureProblem;
  return problem === undefined ? [] : [invalid('spec.request', request, problem)];
}

function validateConditions({ status }: KubeObject): FieldError[] {
  const conditions: Part[] = status?.conditions ?? [];
  return conditions.flatMap(({ type, status: value }, i) => {
    const at = `status.conditions[${i}]`;
    const before = conditions.slice(0, i).map((condition) => condition.type);
    const errors = type ? [] : [required(`${at}.type`)];
    if (before.includes(type)) errors.push(duplicate(`${at}.type`, type));
    if (DECISIONS.includes(type) && before.some((other) => other !== type && DECISIONS.includes(other)))
      errors.push(invalid(`${at}.type`, type, 'Approved and Denied conditions are mutually exclusive'));
    if (!value) errors.push(required(`${at}.status`));
    else if (SETTLED.includes(type) ? value !== 'True' : !STATUSES.includes(value))
      errors.push(notSupported(`${at}.status`, value, SETTLED.includes(type) ? ['True'] : STATUSES));
    return errors;
  });
}

export function validate(asked: KubeObject): FieldError[] {
  const { request = '', signerName, usages = [], expirationSeconds } = asked.spec;
  const errors = validateRequest(request);
  if (usages.length === 0) errors.push(required('spec.usages'));
  for (const [i, usage] of (usages as string[]).entries()) {
    if (!USAGES.includes(usage)) errors.push(notSupported(`spec.usages[${i}]`, usage, USAGES));
    if (usages.indexOf(usage) < i) errors.push(duplicate(`spec.usages[${i}]`, usage));
  }
  if (signerName === LEGACY_SIGNER) errors.push(invalid('spec.signerName', signerName, 'the legacy signerName is not allowed via this API version'));
  else if (!signerName) errors.push(required('spec.signerName'));
  else errors.push(...validateSignerName(signerName, 'spec.signerName'));
  if (expirationSeconds !== undefined && expirationSeconds < EXPIRATION_SECONDS_MIN) {
    errors.push(invalid('spec.expirationSeconds', expirationSeconds, 'may not specify a duration less than 600 seconds (10 minutes)'));
  }
  return [...errors, ...validateConditions(asked)];
}

const ofType = ({ status }: KubeObject, type: string): Part[] => (status?.conditions ?? []).filter((condition: Part) => condition.type === type);

function conditionChanges(asked: KubeObject, old: KubeObject, decides: boolean): FieldError[] {
  return SETTLED.flatMap((type) => {
    const [now, before] = [ofType(asked, type), ofType(old, type)];
    const may = (what: string): FieldError[] => [forbiddenField('status.conditions', `updates may not ${what} a condition of type "${type}"`)];
    if (now.length < before.length) return may('remove');
    if (decides || !DECISIONS.includes(type)) return [];
    if (now.length > before.length) return may('add');
    return semanticEqual(now, before) ? [] : may('modify');
  });
}

/** What an update may change depends on where it was sent. Models validateCertificateSigningRequestUpdate. */
export function validateRequestUpdate(asked: KubeObject, old: KubeObject, may: { decides: boolean; signs: boolean }): FieldError[] {
  const errors = [...validateConditions(asked), ...conditionChanges(asked, old, may.decides)];
  const [certificate, before] = [asked.status?.certificate, old.status?.certificate];
  if (certificate === before) return errors;
  const at = 'status.certificate';
  if (!may.signs) errors.push(forbiddenField(at, 'updates may not set certificate content'));
  else if (before) errors.push(forbiddenField(at, 'updates may not modify existing certificate content'));
  return errors;
}
