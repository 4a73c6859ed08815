import { expect, it } from 'vitest';
import { changed, defaulted, refusals } from '../../../testing/verdict.ts';
import { validatingAdmissionPolicy } from '../admissionregistration/validatingadmissionpolicies/kind.ts';
import { validatingAdmissionPolicyBinding } from '../admissionregistration/validatingadmissionpolicybindings/kind.ts';
import { validatingWebhookConfiguration } from '../admissionregistration/validatingwebhookconfigurations/kind.ts';
import { runtimeClass } from '../node/runtimeclasses/kind.ts';
import { resourceClaim } from '../resource/resourceclaims/kind.ts';
import { priorityClass } from '../scheduling/priorityclasses/kind.ts';
import { flowSchema } from './flowschemas/kind.ts';

const webhook = {
  name: 'a.example.com',
  admissionReviewVersions: ['v1'],
  sideEffects: 'None',
  clientConfig: { service: { name: 's', namespace: 'default' } },
  rules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE'] }],
};
const hooks = { metadata: { name: 'hooks' }, webhooks: [webhook] };

it.each([
  [
    'webhooks.0.name',
    'short.name',
    ['webhooks[0].name: Invalid value: "short.name": should be a domain with at least three segments separated by dots'],
  ],
  ['webhooks.0.sideEffects', undefined, ['webhooks[0].sideEffects: Required value: must specify one of None, NoneOnDryRun']],
  ['webhooks.0.clientConfig', {}, ['webhooks[0].clientConfig: Required value: exactly one of url or service is required']],
  [
    'webhooks.0.clientConfig',
    { url: 'http://x' },
    [`webhooks[0].clientConfig.url: Invalid value: "http": 'https' is the only allowed URL scheme; desired format: https://host[/path]`],
  ],
  [
    'webhooks.0.rules.0.resources',
    ['*', 'pods'],
    [`webhooks[0].rules[0].resources: Invalid value: ["*","pods"]: if '*' is present, must not specify other resources without subresources`],
  ],
  ['webhooks.0.timeoutSeconds', 31, ['webhooks[0].timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30 seconds']],
])('webhooks: %s = %j', (path, value, expected) => {
  expect(refusals(validatingWebhookConfiguration, changed(hooks, path, value))).toEqual(expected);
});

it('webhooks are filled in, and said not to be called', () => {
  expect(defaulted(validatingWebhookConfiguration, hooks).webhooks[0]).toMatchObject({
    failurePolicy: 'Fail',
    timeoutSeconds: 10,
    clientConfig: { service: { port: 443 } },
    rules: [{ scope: '*' }],
  });
  expect(validatingWebhookConfiguration.warnings?.(hooks as never)).toHaveLength(1);
});

it.each([
  [{ metadata: { name: 'high' }, value: 1_000_000_001 }, ['value: Forbidden: maximum allowed value of a user defined priority is 1000000000']],
  [
    { metadata: { name: 'system-mine' }, value: 1 },
    [
      `metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: system-mine is not a known system priority class`,
    ],
  ],
  [{ metadata: { name: 'system-node-critical' }, value: 2_000_001_000 }, []],
])('priority %j', (object, expected) => {
  expect(refusals(priorityClass, object)).toEqual(expected);
});

it('flow schemas refer to a level and say whom they are for', () => {
  const schema = { metadata: { name: 'fs' }, spec: { rules: [{ subjects: [{ kind: 'Group', group: { name: 'g' } }] }] } };
  expect(refusals(flowSchema, schema)).toEqual([
    'spec.priorityLevelConfiguration.name: Required value: must reference a priority level',
    'spec.rules[0]: Required value: at least one of resourceRules and nonResourceRules has to be non-empty',
  ]);
});

it('runtime classes need a handler', () => {
  expect(refusals(runtimeClass, { metadata: { name: 'gvisor' }, handler: 'runsc', overhead: { podFixed: { cpu: '10m' } } })).toEqual([]);
  expect(refusals(runtimeClass, { metadata: { name: 'gvisor' } })[0]).toMatch(/^handler: Invalid value: "": a lowercase RFC 1123 label/);
});

const policy = {
  metadata: { name: 'replicas' },
  spec: {
    matchConstraints: { resourceRules: [{ apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['deployments'] }] },
    validations: [{ expression: 'object.spec.replicas <= 5' }],
  },
};
it.each([
  ['spec.failurePolicy', 'Maybe', ['spec.failurePolicy: Unsupported value: "Maybe": supported values: "Fail", "Ignore"']],
  ['spec.matchConstraints', undefined, ['spec.matchConstraints: Required value']],
  ['spec.validations.0.expression', ' ', ['spec.validations[0].expression: Required value: expression is not specified']],
  ['spec.variables', [{ name: 'a b', expression: '1' }], ['spec.variables[0].name: Invalid value: "a b": name is not a valid CEL identifier']],
])('admission policies: %s = %j', (path, value, expected) => {
  expect(refusals(validatingAdmissionPolicy, changed(policy, path, value))).toEqual(expected);
});

it('bindings of admission policies act in one way or the other', () => {
  const binding = { metadata: { name: 'b' }, spec: { policyName: 'replicas', validationActions: ['Deny', 'Deny'] } };
  expect(refusals(validatingAdmissionPolicyBinding, binding)).toEqual(['spec.validationActions[1]: Duplicate value: "Deny"']);
});

it('resource claims ask for one device unless told otherwise', () => {
  const claim = {
    metadata: { name: 'gpu' },
    spec: { devices: { requests: [{ name: 'g', exactly: { deviceClassName: 'gpu.example.com' } }, { name: 'g' }] } },
  };
  expect(defaulted(resourceClaim, claim).spec.devices.requests[0].exactly).toMatchObject({ allocationMode: 'ExactCount', count: 1 });
  expect(refusals(resourceClaim, claim)).toEqual([
    'spec.devices.requests[1]: Required value: exactly one of `exactly` or `firstAvailable` is required',
    'spec.devices.requests[1]: Duplicate value: "g"',
  ]);
});
