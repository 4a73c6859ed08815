import { defineKind } from '../../../machinery/kind.ts';
import { ageColumn, integer, nameColumn, text } from '../../cells/standard.ts';
import { keepMetadata } from '../../shared/status-writes.ts';
import { defaults } from './defaults.ts';
import { validate } from './validate.ts';

export const validatingAdmissionPolicy = defineKind({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'ValidatingAdmissionPolicy',
  plural: 'validatingadmissionpolicies',
  categories: ['api-extensions'],
  scope: 'Cluster',
  schema: 'admissionregistration.v1.ValidatingAdmissionPolicy',
  updatesNameRevision: true,
  subresources: { status: true },
  prepareForStatusUpdate: keepMetadata,
  generation: true,
  defaults,
  validate,
  validateUpdate: validate,
  // Models printValidatingAdmissionPolicy in pkg/printers/internalversion/printers.go.
  columns: [
    nameColumn,
    integer(
      'Validations',
      'Validations indicates the number of validation rules defined in this configuration',
      ({ spec }) => spec?.validations?.length ?? 0,
    ),
    text('ParamKind', 'ParamKind specifies the kind of resources used to parameterize this policy', ({ spec }) =>
      spec?.paramKind ? `${spec.paramKind.apiVersion}/${spec.paramKind.kind}` : '<unset>',
    ),
    ageColumn,
  ],
  exactColumns: true,
});
