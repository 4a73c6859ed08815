import { expect, it } from 'vitest';
import { changed, defaulted, refusals } from '../../../../testing/verdict.ts';
import { mutatingAdmissionPolicyBinding } from '../mutatingadmissionpolicybindings/kind.ts';
import { mutatingAdmissionPolicy } from './kind.ts';

const LABEL = 'Object{metadata: Object.metadata{labels: {"team": "none"}}}';
const policy = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'MutatingAdmissionPolicy',
  metadata: { name: 'team.example.com' },
  spec: {
    matchConstraints: { resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }] },
    matchConditions: [{ name: 'unlabelled', expression: '!has(object.metadata.labels)' }],
    mutations: [{ patchType: 'ApplyConfiguration', applyConfiguration: { expression: LABEL } }],
    reinvocationPolicy: 'Never',
  },
};
const binding = { metadata: { name: 'b' }, spec: { policyName: 'team.example.com' } };

it.each([
  ['spec.mutations', [], ['spec.mutations: Required value: mutations must contain at least one item']],
  ['spec.mutations.0.patchType', undefined, ['spec.mutations[0].patchType: Required value']],
  [
    'spec.mutations.0.patchType',
    'Merge',
    ['spec.mutations[0].patchType: Unsupported value: "Merge": supported values: "ApplyConfiguration", "JSONPatch"'],
  ],
  [
    'spec.mutations.0.patchType',
    'JSONPatch',
    [
      'spec.mutations[0].applyConfiguration: Invalid value: "{applyConfiguration}": must not be specified when patchType is JSONPatch',
      'spec.mutations[0].jsonPatch: Required value: must be specified when patchType is JSONPatch',
    ],
  ],
  ['spec.mutations.0.applyConfiguration.expression', ' ', ['spec.mutations[0].applyConfiguration.expression: Required value']],
  ['spec.mutations.0.applyConfiguration.expression', undefined, ['spec.mutations[0].applyConfiguration.expression: Required value']],
  ['spec.matchConditions.0.expression', undefined, ['spec.matchConditions[0].expression: Required value']],
  ['spec.reinvocationPolicy', undefined, ['spec.reinvocationPolicy: Required value']],
  ['spec.reinvocationPolicy', 'Always', ['spec.reinvocationPolicy: Unsupported value: "Always": supported values: "Never", "IfNeeded"']],
  ['spec.matchConstraints', undefined, ['spec.matchConstraints: Required value']],
  [
    'spec.matchConstraints.resourceRules.0.operations',
    ['DELETE'],
    ['spec.matchConstraints.resourceRules.operations: Unsupported value: "DELETE": supported values: "CREATE", "UPDATE"'],
  ],
])('a policy with %s = %j', (path, value, expected) => {
  expect(refusals(mutatingAdmissionPolicy, changed(policy, path, value))).toEqual(expected);
});

it('a policy fails requests unless it says otherwise, and a binding names its policy', () => {
  expect(defaulted(mutatingAdmissionPolicy, policy).spec).toMatchObject({ failurePolicy: 'Fail', matchConstraints: { matchPolicy: 'Equivalent' } });
  expect(refusals(mutatingAdmissionPolicyBinding, binding)).toEqual([]);
  expect(refusals(mutatingAdmissionPolicyBinding, changed(binding, 'spec.policyName', undefined))).toEqual(['spec.policyName: Required value']);
});

it('is checked with the types that it may make', () => {
  const expression = (text: string) => refusals(mutatingAdmissionPolicy, changed(policy, 'spec.mutations.0.applyConfiguration.expression', text));
  const at = (text: string) => [`spec.mutations[0].applyConfiguration.expression: Invalid value: ${JSON.stringify(text)}: `];
  expect(expression('Object{spec: Object.spec{replicas: object.spec.replicas + 1}}')).toEqual([]);
  expect(expression('{"a": 1}')).toEqual([`${at('{"a": 1}')}must evaluate to Object but got map(string, int)`]);
  expect(expression('Objekt{}')).toEqual([
    `${at('Objekt{}')}compilation failed: ERROR: <input>:1:7: undeclared reference to 'Objekt' (in container '')\n | Objekt{}\n | ......^`,
  ]);
});
