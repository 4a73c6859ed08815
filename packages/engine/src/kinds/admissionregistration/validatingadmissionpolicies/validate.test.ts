import { expect, it } from 'vitest';
import { changed, refusals } from '../../../../testing/verdict.ts';
import { validatingAdmissionPolicy } from './kind.ts';

const policy = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicy',
  metadata: { name: 'few.example.com' },
  spec: {
    matchConstraints: { resourceRules: [{ apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['deployments'] }] },
    variables: [{ name: 'few', expression: 'object.spec.replicas < 3' }],
    validations: [{ expression: 'variables.few' }],
    auditAnnotations: [{ key: 'few', valueExpression: '"yes"' }],
  },
};

it.each([
  ['spec.validations.0', {}, ['spec.validations[0].expression: Required value: expression is not specified']],
  [
    'spec.variables.1',
    {},
    ['spec.variables[1].name: Required value: name is not specified', 'spec.variables[1].expression: Required value: expression is not specified'],
  ],
  [
    'spec.auditAnnotations.0',
    {},
    ['spec.auditAnnotations[0].key: Required value', 'spec.auditAnnotations[0].valueExpression: Required value: valueExpression is not specified'],
  ],
  ['spec.validations.0.messageExpression', ' ', ['spec.validations[0].messageExpression: Invalid value: " ": must be non-empty if specified']],
])('a policy with %s = %j', (path, value, expected) => {
  expect(refusals(validatingAdmissionPolicy, changed(policy, path, value))).toEqual(expected);
});
