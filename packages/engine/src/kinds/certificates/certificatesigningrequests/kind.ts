import { defineKind } from '../../../machinery/kind.ts';
import { approval } from './approval.ts';
import { columns } from './columns.ts';
import { validate, validateUpdate } from './validate.ts';

export const certificateSigningRequest = defineKind({
  group: 'certificates.k8s.io',
  version: 'v1',
  kind: 'CertificateSigningRequest',
  plural: 'certificatesigningrequests',
  shortNames: ['csr'],
  scope: 'Cluster',
  schema: 'certificates.v1.CertificateSigningRequest',
  subresources: { status: true },
  updates: { approval },
  defaults: (request) => {
    request.spec ??= {};
  },
  validate,
  validateUpdate,
  fieldSelectors: { 'spec.signerName': ({ spec }) => spec?.signerName ?? '' },
  columns,
  exactColumns: true,
});
