import type { Act, Dice } from './simulate.ts';

type Deed = Omit<Act, 'at'>;
type Maker = (dice: Dice) => Deed;

const CORE = '/api/v1/namespaces/default';
const APPS = '/apis/apps/v1/namespaces/default';
const STORAGE = '/apis/storage.k8s.io/v1';
const CERTIFICATES = '/apis/certificates.k8s.io/v1/certificatesigningrequests';
const ADMISSION = '/apis/admissionregistration.k8s.io/v1';
const MERGE = 'application/merge-patch+json';
/** What a kubelet asks for that calls itself `worker`, in PEM and base64. */
const REQUEST =
  'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIdk1JR1dBZ0VBTURReEZUQVRCZ05WQkFvTURITjVjM1JsYlRwdWIyUmxjekViTUJrR0ExVUVBd3dTYzNsegpkR1Z0T201dlpHVTZkMjl5YTJWeU1Ga3dFd1lIS29aSXpqMENBUVlJS29aSXpqMERBUWNEUWdBRUFoZXlLSVVyCmFKcWJ5UWNiR2lXSTFLZWhQUjNzdEJRSWU0eGw3a1Z4Z251aDBJUUgzR1VtVC9xS25pamxLYjVMblExKzIzWk0KMnl0aWI4dG5BZ2JkT0tBQU1Bb0dDQ3FHU000OUJBTUNBMGdBTUVVQ0lRQ3I2Uy83ejFBb1hhS1ZoNGJWRHRqTgo3MVozMWt5TmxDOXRJNnJ2V2NTNGVnSWdHV0FWUTJQQWkrVXBjZWV2UTJtOUVsWFVacUx0aWdueVd0b20vMnlPCkR4OD0KLS0tLS1FTkQgQ0VSVElGSUNBVEUgUkVRVUVTVC0tLS0tCg==';

const create = (url: string, body: { kind: string; apiVersion: string; metadata: object }): Deed => ({ method: 'POST', url, body });

const pod = (name: string, spec: object, metadata: object = {}): Deed =>
  create(`${CORE}/pods`, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...metadata },
    spec: { containers: [{ name: 'c', image: 'nginx:1.25', resources: { requests: { cpu: '10m', memory: '16Mi' } } }], ...spec },
  } as never);

const claimSpec = (storageClassName: string, extra: object = {}) => ({
  accessModes: ['ReadWriteOnce'],
  storageClassName,
  resources: { requests: { storage: '1Gi' } },
  ...extra,
});

const diskClass = create(`${STORAGE}/storageclasses`, {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'disk' },
  provisioner: 'disk.example.com',
  allowVolumeExpansion: true,
  volumeBindingMode: 'Immediate',
} as never);

const attributes = (name: string): Deed =>
  create(`${STORAGE}/volumeattributesclasses`, {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'VolumeAttributesClass',
    metadata: { name },
    driverName: 'disk.example.com',
    parameters: { iops: name },
  } as never);

const diskClaim = create(`${CORE}/persistentvolumeclaims`, {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'disk' },
  spec: claimSpec('disk', { volumeAttributesClassName: 'gold' }),
} as never);

const replicationController = (replicas: number): Deed =>
  create(`${CORE}/replicationcontrollers`, {
    apiVersion: 'v1',
    kind: 'ReplicationController',
    metadata: { name: 'rc' },
    spec: {
      replicas,
      selector: { app: 'rc' },
      template: { metadata: { labels: { app: 'rc' } }, spec: { containers: [{ name: 'c', image: 'nginx:1.25' }] } },
    },
  } as never);

const definition = create('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'toys.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { plural: 'toys', kind: 'Toy' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } } } },
      },
    ],
  },
} as never);

const policy = create(`${ADMISSION}/validatingadmissionpolicies`, {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicy',
  metadata: { name: 'small' },
  spec: {
    matchConstraints: { resourceRules: [{ apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['deployments'] }] },
    validations: [{ expression: 'object.spec.replicas <= 100' }],
  },
} as never);

const apiService = create('/apis/apiregistration.k8s.io/v1/apiservices', {
  apiVersion: 'apiregistration.k8s.io/v1',
  kind: 'APIService',
  metadata: { name: 'v1.far.example.com' },
  spec: { group: 'far.example.com', version: 'v1', groupPriorityMinimum: 100, versionPriority: 10, service: { name: 'far', namespace: 'default' } },
} as never);

const signingRequest = (name: string, signerName: string): Deed =>
  create(CERTIFICATES, {
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: { name },
    spec: { request: REQUEST, signerName, usages: ['digital signature', 'client auth'] },
  } as never);

const mirrored = create(`${CORE}/endpoints`, {
  apiVersion: 'v1',
  kind: 'Endpoints',
  metadata: { name: 'outside' },
  subsets: [{ addresses: [{ ip: '192.0.2.1' }], ports: [{ port: 80 }] }],
} as never);

const outside = create(`${CORE}/services`, {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'outside' },
  spec: { ports: [{ port: 80 }] },
} as never);

const quota = create(`${CORE}/resourcequotas`, {
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'quota' },
  spec: { hard: { pods: '40', configmaps: '20' } },
} as never);

const token = create(`${CORE}/secrets`, {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'token', annotations: { 'kubernetes.io/service-account.name': 'default' } },
  type: 'kubernetes.io/service-account-token',
} as never);

const ephemeral = pod('scratch', {
  volumes: [{ name: 'v', ephemeral: { volumeClaimTemplate: { spec: claimSpec('disk') } } }],
});

/** Uses more memory than its node has. */
const hog = pod('hog', {}, { annotations: { 'sim.vivakube.dev/memory': '900Gi' } });

const aggregated = create('/apis/rbac.authorization.k8s.io/v1/clusterroles', {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name: 'more-view', labels: { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' } },
  rules: [{ apiGroups: ['example.com'], resources: ['toys'], verbs: ['get'] }],
} as never);

const brief = create('/apis/batch/v1/namespaces/default/jobs', {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'brief' },
  spec: {
    ttlSecondsAfterFinished: 60,
    template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox:1.36', command: ['true'] }] } },
  },
} as never);

/** As an eviction marks a pod that it then does not come to delete. */
const disrupted = (name: string): Deed => ({
  method: 'PATCH',
  url: `${CORE}/pods/${name}/status`,
  contentType: 'application/strategic-merge-patch+json',
  body: {
    status: {
      conditions: [{ type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI', lastTransitionTime: '2026-01-01T00:00:00Z' }],
    },
  },
});

/** What a cluster has in which every controller has something to do. */
export const PLATFORM_PRELUDE: readonly Deed[] = [
  diskClass,
  attributes('gold'),
  diskClaim,
  pod('user', { volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'disk' } }] }),
  ephemeral,
  replicationController(2),
  definition,
  policy,
  apiService,
  outside,
  mirrored,
  quota,
  token,
  hog,
  aggregated,
  signingRequest('mine', 'kubernetes.io/kube-apiserver-client'),
  signingRequest('kubelets', 'kubernetes.io/kube-apiserver-client-kubelet'),
  create('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } }),
  attributes('spare'),
  { method: 'DELETE', url: `${STORAGE}/volumeattributesclasses/spare` },
  brief,
  pod('marked', {}),
  disrupted('marked'),
];

/** What administrators do with the rest of the control plane. */
export const PLATFORM_HABITS: readonly Maker[] = [
  (dice) => ({ method: 'PATCH', url: `${CORE}/replicationcontrollers/rc`, contentType: MERGE, body: { spec: { replicas: dice.number(4) } } }),
  (dice) => ({
    method: 'DELETE',
    url: `${CORE}/${dice.pick(['replicationcontrollers/rc', 'pods/scratch', 'pods/user', 'pods/hog', 'secrets/token'])}`,
  }),
  (dice) => dice.pick([ephemeral, hog, token, quota, mirrored, outside, replicationController(1), aggregated, definition, policy, apiService]),
  (dice) =>
    pod('user', { volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'disk' } }], terminationGracePeriodSeconds: dice.pick([0, 30]) }),
  (dice) => ({
    method: 'PATCH',
    url: `${CORE}/persistentvolumeclaims/disk`,
    contentType: MERGE,
    body: { spec: dice.pick([{ resources: { requests: { storage: '2Gi' } } }, { volumeAttributesClassName: 'silver' }]) },
  }),
  () => attributes('silver'),
  (dice) => ({ method: 'DELETE', url: `${STORAGE}/volumeattributesclasses/${dice.pick(['gold', 'silver'])}` }),
  () => ({ method: 'DELETE', url: `${CORE}/persistentvolumeclaims/disk` }),
  () => diskClaim,
  (dice) =>
    signingRequest(
      `csr-${dice.number(3)}`,
      dice.pick(['kubernetes.io/kube-apiserver-client', 'kubernetes.io/kube-apiserver-client-kubelet', 'example.com/own']),
    ),
  (dice) => ({
    method: 'PATCH',
    url: `${CERTIFICATES}/${dice.pick(['mine', 'csr-0', 'csr-1'])}/approval`,
    contentType: MERGE,
    body: { status: { conditions: [{ type: dice.pick(['Approved', 'Denied']), status: 'True', reason: 'Test', message: 'said so' }] } },
  }),
  (dice) => ({
    method: 'PATCH',
    url: `${CORE}/endpoints/outside`,
    contentType: MERGE,
    body: { subsets: [{ addresses: [{ ip: `192.0.2.${1 + dice.number(9)}` }] }] },
  }),
  (dice) => ({
    method: 'POST',
    url: '/api/v1/namespaces/team/configmaps',
    body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `c-${dice.number(3)}` } },
  }),
  () => ({ method: 'DELETE', url: '/api/v1/namespaces/team' }),
  () => create('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } }),
  (dice) => ({
    method: 'POST',
    url: '/apis/example.com/v1/namespaces/default/toys',
    body: { apiVersion: 'example.com/v1', kind: 'Toy', metadata: { name: `toy-${dice.number(3)}` }, spec: { size: dice.number(9) } },
  }),
  () => ({ method: 'DELETE', url: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/toys.example.com' }),
  (dice) => ({ method: 'DELETE', url: `${ADMISSION}/validatingadmissionpolicies/${dice.pick(['small', 'large'])}` }),
  (dice) => ({ method: 'DELETE', url: `/api/v1/nodes/${dice.pick(['vivakube-worker', 'vivakube-worker2', 'extra-1'])}` }),
  (dice) => ({ method: 'DELETE', url: `/api/v1/namespaces/kube-system/pods/${dice.pick(['etcd', 'kube-scheduler'])}-vivakube-control-plane` }),
  () => ({ method: 'DELETE', url: `${CORE}/services/kubernetes` }),
  () => ({ method: 'DELETE', url: '/api/v1/namespaces/default/serviceaccounts/default' }),
  () => ({ method: 'DELETE', url: '/api/v1/namespaces/kube-system/configmaps/kube-root-ca.crt' }),
  (dice) => disrupted(dice.pick(['user', 'scratch'])),
  (dice) => ({ method: 'DELETE', url: `${APPS}/controllerrevisions?labelSelector=${dice.pick(['app', 'x'])}` }),
];
