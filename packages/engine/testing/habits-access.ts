import type { Act, Dice } from './simulate.ts';

const MERGE = 'application/merge-patch+json';
const CORE = '/api/v1/namespaces/default';
const [CSRS, RANGES, ADDRESSES, API_SERVICES, DEFINITIONS, POLICIES, RBAC] = [
  '/apis/certificates.k8s.io/v1/certificatesigningrequests',
  '/apis/networking.k8s.io/v1/servicecidrs',
  '/apis/networking.k8s.io/v1/ipaddresses',
  '/apis/apiregistration.k8s.io/v1/apiservices',
  '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
  '/apis/admissionregistration.k8s.io/v1',
  '/apis/rbac.authorization.k8s.io/v1',
];

/** What somebody called jane and the kubelet of a node w9 ask for, in PEM and base64. */
const JANE =
  'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIWE1IOENBUUF3SFRFTU1Bb0dBMVVFQ2d3RFpHVjJNUTB3Q3dZRFZRUUREQVJxWVc1bE1Ga3dFd1lIS29aSQp6ajBDQVFZSUtvWkl6ajBEQVFjRFFnQUVwaTJMSjhUNHJpQ2hBZHFpdmx0RjJ0a2k5SEtFeGxlUlp0bVRMb0dGCnJlYVR4eTAweTI5Q2wxSFo4THNXMzI3ZGNOZzFEQm14UG1WZjd3R3BzMVRnOXFBQU1Bb0dDQ3FHU000OUJBTUMKQTBnQU1FVUNJUURnK09pVzg2OUwreS9peEpjcUZScFVibDJYOVpQMnVCZkhuZ2VBNjNUWGl3SWdhOHltejhGcQpwSG4rWjM4RENjamNvWUV2dnMzdHY4OER0UjZrRS9IdnFScz0KLS0tLS1FTkQgQ0VSVElGSUNBVEUgUkVRVUVTVC0tLS0tCg==';
const KUBELET =
  'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIcU1JR1NBZ0VBTURBeEZUQVRCZ05WQkFvTURITjVjM1JsYlRwdWIyUmxjekVYTUJVR0ExVUVBd3dPYzNsegpkR1Z0T201dlpHVTZkemt3V1RBVEJnY3Foa2pPUFFJQkJnZ3Foa2pPUFFNQkJ3TkNBQVNtTFlzbnhQaXVJS0VCCjJxSytXMFhhMlNMMGNvVEdWNUZtMlpNdWdZV3Q1cFBITFRUTGIwS1hVZG53dXhiZmJ0MXcyRFVNR2JFK1pWL3YKQWFtelZPRDJvQUF3Q2dZSUtvWkl6ajBFQXdJRFJ3QXdSQUlnVWUxbTQzTUdBNU0xVktMaTQ0bEN4Yy9oaWdtRgpyam0wck15WFNObkNIZ01DSUNjN3RHYWQ2cUpIVzJldURNZ3dibnF2eEFPS21iNWp0akV3YzRPalZic1kKLS0tLS1FTkQgQ0VSVElGSUNBVEUgUkVRVUVTVC0tLS0tCg==';
const REQUESTS = [
  { request: JANE, signerName: 'kubernetes.io/kube-apiserver-client', usages: ['client auth'] },
  { request: JANE, signerName: 'kubernetes.io/kube-apiserver-client', usages: ['server auth'], expirationSeconds: 600 },
  { request: KUBELET, signerName: 'kubernetes.io/kube-apiserver-client-kubelet', usages: ['client auth', 'digital signature'] },
  { request: JANE, signerName: 'example.com/own', usages: ['client auth'] },
] as const;
const NAMES = ['a', 'b', 'c'] as const;
const WIDGETS = 'widgets.example.com';

const definition = {
  metadata: { name: WIDGETS },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { plural: 'widgets', kind: 'Widget' },
    versions: [
      { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } } },
    ],
  },
};

const anything = { resourceRules: [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['CREATE', 'UPDATE'], resources: ['services', 'widgets'] }] };
const mutating = (mark: string) => ({
  metadata: { name: 'mark' },
  spec: {
    matchConstraints: anything,
    reinvocationPolicy: 'IfNeeded',
    mutations: [
      { patchType: 'ApplyConfiguration', applyConfiguration: { expression: `Object{metadata: Object.metadata{labels: {"${mark}": ""}}}` } },
    ],
  },
});

/** What users do about certificates, addresses, policies and rights. */
export const ACCESS_HABITS: readonly ((dice: Dice) => Omit<Act, 'at'>)[] = [
  (dice) => ({ method: 'POST', url: CSRS, body: { metadata: { name: dice.pick(NAMES) }, spec: dice.pick(REQUESTS) } }),
  (dice) => {
    const conditions = [{ type: dice.pick(['Approved', 'Approved', 'Denied']), status: 'True', reason: 'Said', message: 'so' }];
    return { method: 'PATCH', url: `${CSRS}/${dice.pick(NAMES)}/approval`, body: { status: { conditions } }, contentType: MERGE };
  },
  (dice) => ({ method: 'DELETE', url: `${CSRS}/${dice.pick(NAMES)}` }),
  (dice) => ({ method: 'POST', url: RANGES, body: { metadata: { name: 'more' }, spec: { cidrs: [dice.pick(['10.96.0.0/11', '10.200.0.0/16'])] } } }),
  (dice) => ({ method: 'DELETE', url: `${RANGES}/${dice.pick(['more', 'kubernetes'])}` }),
  (dice) => ({
    method: 'POST',
    url: `${CORE}/services`,
    body: {
      metadata: { name: dice.pick(NAMES) },
      spec: { ports: [{ port: 80 }], ...dice.pick([{}, { clusterIP: 'None' }, { clusterIP: '10.96.9.9' }]) },
    },
  }),
  (dice) => ({ method: 'DELETE', url: `${CORE}/services/${dice.pick([...NAMES, 'kubernetes'])}` }),
  (dice) => ({ method: 'DELETE', url: `${ADDRESSES}/${dice.pick(['10.96.0.1', '10.96.9.9', '10.96.0.10'])}` }),
  (dice) => ({
    method: 'POST',
    url: API_SERVICES,
    body: {
      metadata: { name: 'v1.example.com' },
      spec: {
        group: 'example.com',
        version: 'v1',
        groupPriorityMinimum: 10,
        versionPriority: 10,
        insecureSkipTLSVerify: true,
        service: { name: dice.pick(NAMES), namespace: 'default', port: 80 },
      },
    },
  }),
  (dice) => ({ method: 'DELETE', url: `${API_SERVICES}/${dice.pick(['v1.example.com', 'v1.apps'])}` }),
  () => ({ method: 'POST', url: DEFINITIONS, body: definition }),
  () => ({ method: 'DELETE', url: `${DEFINITIONS}/${WIDGETS}` }),
  (dice) => ({
    method: 'POST',
    url: '/apis/example.com/v1/namespaces/default/widgets',
    body: { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: dice.pick(NAMES) } },
  }),
  (dice) => ({ method: 'POST', url: `${POLICIES}/mutatingadmissionpolicies`, body: mutating(dice.pick(NAMES)) }),
  () => ({ method: 'POST', url: `${POLICIES}/mutatingadmissionpolicybindings`, body: { metadata: { name: 'mark' }, spec: { policyName: 'mark' } } }),
  () => ({ method: 'DELETE', url: `${POLICIES}/mutatingadmissionpolicies/mark` }),
  (dice) => ({
    method: 'POST',
    url: `${RBAC}/clusterroles`,
    body: {
      metadata: { name: dice.pick(NAMES), labels: { part: dice.pick(['yes', 'no']) } },
      ...dice.pick([
        { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] },
        { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { part: 'yes' } }] } },
      ]),
    },
  }),
  (dice) => ({ method: 'DELETE', url: `${RBAC}/clusterroles/${dice.pick(NAMES)}` }),
];
