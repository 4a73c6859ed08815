import { defineKind } from '../../../machinery/kind.ts';
import { keepMetadata } from '../../shared/status-writes.ts';
import { policyKind } from '../policies/policy-kind.ts';
import { validate } from './validate.ts';

export const validatingAdmissionPolicy = defineKind({
  ...policyKind('validation', { kind: 'ValidatingAdmissionPolicy', plural: 'validatingadmissionpolicies', validate }),
  subresources: { status: true },
  prepareForStatusUpdate: keepMetadata,
});
