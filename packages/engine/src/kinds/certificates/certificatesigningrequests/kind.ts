import { defineKind } from '../../../machinery/kind.ts';
import { approval, prepareForStatusUpdate } from './approval.ts';
import { columns } from './columns.ts';
import { validate, validateRequestUpdate } from './validate.ts';

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
  prepareForCreate: (request) => {
    request.status = {};
  },
  // What was asked for stands; upstream, too, drops changes without a word.
  prepareForUpdate: (request, old) => {
    request.spec = old.spec;
  },
  prepareForStatusUpdate,
  validate,
  validateUpdate: (request, old) => validateRequestUpdate(request, old, { decides: false, signs: false }),
  validateStatusUpdate: (request, old) => validateRequestUpdate(request, old, { decides: false, signs: true }),
  fieldSelectors: { 'spec.signerName': ({ spec }) => spec?.signerName ?? '' },
  columns,
  exactColumns: true,
});
