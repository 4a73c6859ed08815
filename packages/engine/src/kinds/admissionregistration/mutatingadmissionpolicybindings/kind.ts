import type { KubeObject } from '../../../core/object.ts';
import type { FieldError } from '../../../machinery/field.ts';
import { defineKind } from '../../../machinery/kind.ts';
import { ageColumn, nameColumn, text } from '../../cells/standard.ts';
import { validateOperations } from '../mutatingadmissionpolicies/validate.ts';
import { defaultMatchResources } from '../validatingadmissionpolicies/defaults.ts';
import { paramRefText } from '../validatingadmissionpolicybindings/columns.ts';
import { validateBinding } from '../validatingadmissionpolicybindings/validate.ts';

const validate = ({ spec }: KubeObject): FieldError[] => [
  ...validateBinding(spec),
  ...validateOperations(spec.matchResources, 'spec.matchResources'),
];

export const mutatingAdmissionPolicyBinding = defineKind({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'MutatingAdmissionPolicyBinding',
  plural: 'mutatingadmissionpolicybindings',
  categories: ['api-extensions'],
  scope: 'Cluster',
  schema: 'admissionregistration.v1.MutatingAdmissionPolicyBinding',
  updatesNameRevision: true,
  generation: true,
  defaults: (binding) => {
    binding.spec ??= {};
    if (binding.spec.matchResources) defaultMatchResources(binding.spec.matchResources);
  },
  validate,
  validateUpdate: validate,
  // Models printMutatingAdmissionPolicyBinding in pkg/printers/internalversion/printers.go.
  columns: [
    nameColumn,
    text('PolicyName', 'PolicyName indicates the policy definition which the policy binding binded to', ({ spec }) => spec?.policyName ?? ''),
    text('ParamRef', 'ParamRef indicates the param resource which sets the configration param', paramRefText),
    ageColumn,
  ],
  exactColumns: true,
});
