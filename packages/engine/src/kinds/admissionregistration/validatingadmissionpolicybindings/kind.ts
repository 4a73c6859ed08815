import { defineKind } from '../../../machinery/kind.ts';
import { ageColumn, nameColumn, text } from '../../cells/standard.ts';
import { defaultMatchResources } from '../validatingadmissionpolicies/defaults.ts';
import { paramRefText } from './columns.ts';
import { validate } from './validate.ts';

export const validatingAdmissionPolicyBinding = defineKind({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'ValidatingAdmissionPolicyBinding',
  plural: 'validatingadmissionpolicybindings',
  categories: ['api-extensions'],
  scope: 'Cluster',
  schema: 'admissionregistration.v1.ValidatingAdmissionPolicyBinding',
  updatesNameRevision: true,
  generation: true,
  defaults: (binding) => {
    binding.spec ??= {};
    if (binding.spec.matchResources) defaultMatchResources(binding.spec.matchResources);
  },
  validate,
  validateUpdate: validate,
  // Models printValidatingAdmissionPolicyBinding in pkg/printers/internalversion/printers.go.
  columns: [
    nameColumn,
    text('PolicyName', 'PolicyName indicates the policy definition which the policy binding binded to', ({ spec }) => spec?.policyName ?? ''),
    text('ParamRef', 'ParamRef indicates the param resource which sets the configration param', paramRefText),
    ageColumn,
  ],
  exactColumns: true,
});
