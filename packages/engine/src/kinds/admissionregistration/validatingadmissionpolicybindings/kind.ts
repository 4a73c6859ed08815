import { defineKind } from '../../../machinery/kind.ts';
import { bindingKind } from '../policies/binding-kind.ts';
import { validate } from './validate.ts';

export const validatingAdmissionPolicyBinding = defineKind(
  bindingKind({ kind: 'ValidatingAdmissionPolicyBinding', plural: 'validatingadmissionpolicybindings', validate }),
);
