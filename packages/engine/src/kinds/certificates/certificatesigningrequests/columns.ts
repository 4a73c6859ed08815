import type { KubeObject } from '../../../core/object.ts';
import { humanDuration } from '../../../machinery/age.ts';
import { ageColumn, nameColumn, text } from '../../cells/standard.ts';
import type { Part } from '../../shared/fields.ts';

/** Models extractCSRStatus in pkg/printers/internalversion/printers.go. */
function condition({ status }: KubeObject): string {
  const types: string[] = (status?.conditions ?? []).map((each: Part) => each.type);
  const decided = ['Approved', 'Denied'].filter((type) => types.includes(type)).join(',') || 'Pending';
  const failed = types.includes('Failed') ? ',Failed' : '';
  return `${decided}${failed}${status?.certificate ? ',Issued' : ''}`;
}

export const columns = [
  nameColumn,
  ageColumn,
  text('SignerName', 'signerName indicates the requested signer, and is a qualified name.', ({ spec }) => spec?.signerName || '<none>'),
  text(
    'Requestor',
    'username contains the name of the user that created the CertificateSigningRequest. Populated by the API server on creation and immutable.',
    ({ spec }) => spec?.username ?? '',
  ),
  text(
    'RequestedDuration',
    'expirationSeconds is the requested duration of validity of the issued certificate. The certificate signer may issue a certificate with a different validity duration so a client must check the delta between the notBefore and and notAfter fields in the issued certificate to determine the actual duration.',
    ({ spec }) => (spec?.expirationSeconds === undefined ? '<none>' : humanDuration(spec.expirationSeconds * 1000)),
  ),
  text('Condition', 'conditions applied to the request. Known conditions are "Approved", "Denied", and "Failed".', condition),
];
