import { equalJson } from '../../core/json.ts';
import { decide } from '../authorize.ts';
import { textOfSecret } from '../identity/base64.ts';
import type { AdmissionPlugin, Attributes } from '../machine.ts';
import { readRequest } from '../pki/request.ts';
import { forbidden } from '../status.ts';
import { isWriteOf } from './subject.ts';

const GROUP = 'certificates.k8s.io';
const PLURAL = 'certificatesigningrequests';

/** A signer is allowed by its name, or by `<domain>/*`. Models plugin/pkg/admission/certificates/util.go. */
function mayUseSigner({ txn, user }: Attributes, signer: string, verb: string): boolean {
  const names = [signer, `${signer.slice(0, signer.indexOf('/'))}/*`];
  return names.some((name) => decide(txn, user, { verb, group: GROUP, resource: 'signers', subresource: '', namespace: '', name }).allowed);
}

const isUpdateOf = ({ kind, operation, subresource }: Attributes, door: string): boolean =>
  kind.group === GROUP && kind.plural === PLURAL && operation === 'UPDATE' && subresource === door;

/** Models plugin/pkg/admission/certificates/approval. */
export const certificateApproval: AdmissionPlugin = {
  name: 'CertificateApproval',
  validate: (attributes) => {
    if (!isUpdateOf(attributes, 'approval')) return;
    const signer = attributes.old?.spec.signerName ?? '';
    if (mayUseSigner(attributes, signer, 'approve')) return;
    throw forbidden(GROUP, PLURAL, attributes.name, `user not permitted to approve requests with signerName ${JSON.stringify(signer)}`);
  },
};

/** Models plugin/pkg/admission/certificates/signing. */
export const certificateSigning: AdmissionPlugin = {
  name: 'CertificateSigning',
  validate: (attributes) => {
    const { object, old, name } = attributes;
    if (!isUpdateOf(attributes, 'status')) return;
    const sameCertificate = object?.status?.certificate === old?.status?.certificate;
    if (sameCertificate && equalJson(object?.status?.conditions ?? [], old?.status?.conditions ?? [])) return;
    const signer = old?.spec.signerName ?? '';
    if (mayUseSigner(attributes, signer, 'sign')) return;
    throw forbidden(GROUP, PLURAL, name, `user not permitted to sign requests with signerName ${JSON.stringify(signer)}`);
  },
};

const CLIENT_SIGNER = 'kubernetes.io/kube-apiserver-client';
const MASTERS = 'system:masters';

/** Models plugin/pkg/admission/certificates/subjectrestriction. */
export const certificateSubjectRestriction: AdmissionPlugin = {
  name: 'CertificateSubjectRestriction',
  validate: (attributes) => {
    const { object, name } = attributes;
    if (!isWriteOf(attributes, GROUP, PLURAL, 'CREATE') || object?.spec?.signerName !== CLIENT_SIGNER) return;
    const request = readRequest(textOfSecret(object.spec.request ?? ''));
    if ('problem' in request) throw forbidden(GROUP, PLURAL, name, `failed to parse CSR: ${request.problem}`);
    if (!request.subject.organizations.includes(MASTERS)) return;
    throw forbidden(GROUP, PLURAL, name, `use of ${CLIENT_SIGNER} signer with ${MASTERS} group is not allowed`);
  },
};
