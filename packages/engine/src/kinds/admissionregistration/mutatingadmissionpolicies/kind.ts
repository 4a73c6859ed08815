import { defineKind } from '../../../machinery/kind.ts';
import { policyKind } from '../policies/policy-kind.ts';
import { validate } from './validate.ts';

export const mutatingAdmissionPolicy = defineKind(
  policyKind('mutation', { kind: 'MutatingAdmissionPolicy', plural: 'mutatingadmissionpolicies', validate }),
);
