import { defineKind } from '../../../machinery/kind.ts';
import { ageColumn, integer, nameColumn, text } from '../../cells/standard.ts';
import { defaults } from '../validatingadmissionpolicies/defaults.ts';
import { validate } from './validate.ts';

export const mutatingAdmissionPolicy = defineKind({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'MutatingAdmissionPolicy',
  plural: 'mutatingadmissionpolicies',
  categories: ['api-extensions'],
  scope: 'Cluster',
  schema: 'admissionregistration.v1.MutatingAdmissionPolicy',
  updatesNameRevision: true,
  generation: true,
  defaults,
  validate,
  validateUpdate: validate,
  // Models printMutatingAdmissionPolicy in pkg/printers/internalversion/printers.go.
  columns: [
    nameColumn,
    integer(
      'Mutations',
      'Mutations indicates the number of mutation rules defined in this configuration',
      ({ spec }) => spec?.mutations?.length ?? 0,
    ),
    text('ParamKind', 'ParamKind specifies the kind of resources used to parameterize this policy', ({ spec }) =>
      spec?.paramKind ? `${spec.paramKind.apiVersion}/${spec.paramKind.kind}` : '<unset>',
    ),
    ageColumn,
  ],
  exactColumns: true,
});
