import type { KubeObject } from '../../../core/object.ts';
import type { FieldError } from '../../../machinery/field.ts';
import { defineKind } from '../../../machinery/kind.ts';
import { validateOperations } from '../mutatingadmissionpolicies/validate.ts';
import { bindingKind } from '../policies/binding-kind.ts';
import { validateBinding } from '../validatingadmissionpolicybindings/validate.ts';

const validate = ({ spec }: KubeObject): FieldError[] => [
  ...validateBinding(spec),
  ...validateOperations(spec.matchResources, 'spec.matchResources'),
];

export const mutatingAdmissionPolicyBinding = defineKind(
  bindingKind({ kind: 'MutatingAdmissionPolicyBinding', plural: 'mutatingadmissionpolicybindings', validate }),
);
