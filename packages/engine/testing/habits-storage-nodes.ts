import type { Act, Dice } from './simulate.ts';

const CORE = '/api/v1/namespaces/default';
const MERGE = 'application/merge-patch+json';
const POOLS = '/apis/sim.vivakube.dev/v1/nodepools';
const CLASSES = ['local', 'fast', '', 'absent'] as const;
const CLAIMS = ['data-0', 'data-1', 'data-2'] as const;

const scheduler = (profile: string): string => `apiVersion: kubescheduler.config.k8s.io/v1
kind: KubeSchedulerConfiguration
profiles: [${profile}]
`;
const SCHEDULERS = [
  scheduler('{pluginConfig: [{name: NodeResourcesFit, args: {scoringStrategy: {type: MostAllocated}}}]}'),
  scheduler('{schedulerName: other}'),
  'nonsense',
] as const;

const storageClass = (name: 'local' | 'fast'): Omit<Act, 'at'> => ({
  method: 'POST',
  url: '/apis/storage.k8s.io/v1/storageclasses',
  body: {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name },
    allowVolumeExpansion: true,
    ...(name === 'local'
      ? { provisioner: 'rancher.io/local-path', volumeBindingMode: 'WaitForFirstConsumer' }
      : { provisioner: 'disk.example.com', volumeBindingMode: 'Immediate' }),
  },
});

const priorityClass: Omit<Act, 'at'> = {
  method: 'POST',
  url: '/apis/scheduling.k8s.io/v1/priorityclasses',
  body: { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 1000 },
};

/** Fills the nodes, so that what comes later has somebody to push away. */
const filler: Omit<Act, 'at'> = {
  method: 'POST',
  url: '/apis/apps/v1/namespaces/default/deployments',
  body: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'filler' },
    spec: {
      replicas: 4,
      selector: { matchLabels: { app: 'filler' } },
      template: {
        metadata: { labels: { app: 'filler' } },
        spec: { containers: [{ name: 'c', image: 'nginx:1.16.1', resources: { requests: { cpu: '1500m' } } }] },
      },
    },
  },
};

const claim = (name: string, storageClassName: string): Omit<Act, 'at'> => ({
  method: 'POST',
  url: `${CORE}/persistentvolumeclaims`,
  body: {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: { accessModes: ['ReadWriteOnce'], storageClassName, resources: { requests: { storage: '1Gi' } } },
  },
});

/** A cluster in which something can happen to them. */
export const STORAGE_AND_NODE_PRELUDE = [
  storageClass('local'),
  storageClass('fast'),
  priorityClass,
  filler,
  claim('data-0', 'local'),
  claim('data-1', 'fast'),
];

/** What users do with storage, priorities and nodes. */
export const STORAGE_AND_NODE_HABITS: readonly ((dice: Dice) => Omit<Act, 'at'>)[] = [
  (dice) => storageClass(dice.pick(['local', 'fast'])),
  (dice) => ({
    method: 'POST',
    url: `${CORE}/persistentvolumeclaims`,
    body: {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: dice.pick(CLAIMS) },
      spec: {
        accessModes: [dice.pick(['ReadWriteOnce', 'ReadWriteOncePod'])],
        storageClassName: dice.pick(CLASSES),
        resources: { requests: { storage: dice.pick(['1Gi', '2Gi']) } },
      },
    },
  }),
  (dice) => ({
    method: 'POST',
    url: '/api/v1/persistentvolumes',
    body: {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: `pv-${dice.number(3)}` },
      spec: {
        accessModes: ['ReadWriteOnce'],
        capacity: { storage: dice.pick(['1Gi', '5Gi']) },
        storageClassName: dice.pick(CLASSES),
        persistentVolumeReclaimPolicy: dice.pick(['Retain', 'Delete', 'Recycle']),
        hostPath: { path: dice.pick(['/tmp/x', '/data']) },
      },
    },
  }),
  (dice) => ({
    method: 'POST',
    url: `${CORE}/pods`,
    body: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `user-${dice.number(4)}`, labels: { app: 'user' } },
      spec: {
        ...dice.pick([{}, { priorityClassName: 'high' }]),
        terminationGracePeriodSeconds: dice.pick([0, 30]),
        containers: [{ name: 'c', image: 'nginx:1.14.2', resources: { requests: { cpu: dice.pick(['100m', '2', '3']) } } }],
        volumes: [{ name: 'd', persistentVolumeClaim: { claimName: dice.pick(CLAIMS) } }],
      },
    },
  }),
  (dice) => ({ method: 'DELETE', url: `${CORE}/pods/user-${dice.number(4)}` }),
  (dice) => ({ method: 'DELETE', url: `${CORE}/persistentvolumeclaims/${dice.pick(CLAIMS)}` }),
  (dice) => ({ method: 'DELETE', url: `/api/v1/persistentvolumes/pv-${dice.number(3)}` }),
  (dice) => ({
    method: 'PATCH',
    url: `${CORE}/persistentvolumeclaims/${dice.pick(CLAIMS)}`,
    contentType: MERGE,
    body: { spec: { resources: { requests: { storage: dice.pick(['3Gi', '4Gi']) } } } },
  }),
  () => priorityClass,
  (dice) => ({
    method: 'PATCH',
    url: `/api/v1/nodes/${dice.pick(['vivakube-worker', 'vivakube-worker2'])}`,
    contentType: MERGE,
    body: { metadata: { annotations: { 'sim.vivakube.dev/fault': dice.pick([null, null, 'NetworkPartition', 'KubeletStopped', 'Down']) } } },
  }),
  (dice) => ({
    method: 'PATCH',
    url: '/api/v1/nodes/vivakube-worker2',
    contentType: MERGE,
    body: { spec: { taints: dice.pick([null, [{ key: 'sick', effect: 'NoExecute' }], [{ key: 'sick', effect: 'NoSchedule' }]]) } },
  }),
  (dice) => ({
    method: 'POST',
    url: POOLS,
    body: { apiVersion: 'sim.vivakube.dev/v1', kind: 'NodePool', metadata: { name: 'extra' }, spec: { count: dice.number(3) } },
  }),
  (dice) => ({ method: 'PATCH', url: `${POOLS}/extra/scale`, contentType: MERGE, body: { spec: { replicas: dice.number(3) } } }),
  (dice) => ({ method: 'DELETE', url: dice.pick([`${POOLS}/extra`, '/api/v1/nodes/extra-1']) }),
  (dice) => ({
    method: 'POST',
    url: `${CORE}/services`,
    body: { apiVersion: 'v1', kind: 'Service', metadata: { name: `lb-${dice.number(2)}` }, spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } },
  }),
  (dice) => ({
    method: 'PATCH',
    url: `${CORE}/services/lb-${dice.number(2)}`,
    contentType: MERGE,
    body: { spec: { type: dice.pick(['ClusterIP', 'LoadBalancer']) } },
  }),
  (dice) => ({ method: 'DELETE', url: `${CORE}/services/lb-${dice.number(2)}` }),
  (dice) => ({
    method: 'POST',
    url: '/apis/storage.k8s.io/v1/volumeattributesclasses',
    body: {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'VolumeAttributesClass',
      metadata: { name: dice.pick(['gold', 'silver']) },
      driverName: dice.pick(['disk.example.com', 'disk.sim.vivakube.dev']),
      parameters: { iops: '1000' },
    },
  }),
  (dice) => ({
    method: 'PATCH',
    url: `${CORE}/persistentvolumeclaims/${dice.pick(CLAIMS)}`,
    contentType: MERGE,
    body: { spec: { volumeAttributesClassName: dice.pick(['gold', 'silver']) } },
  }),
  (dice) => ({
    method: 'POST',
    url: `${CORE}/persistentvolumeclaims`,
    body: {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: dice.pick(CLAIMS) },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    },
  }),
  (dice) => ({
    method: 'PATCH',
    url: '/apis/storage.k8s.io/v1/storageclasses/standard',
    contentType: MERGE,
    body: { metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': dice.pick(['true', 'false']) } } },
  }),
  (dice) => ({
    method: 'PATCH',
    url: '/apis/storage.k8s.io/v1/storageclasses/fast',
    contentType: MERGE,
    body: { metadata: { annotations: { 'sim.vivakube.dev/provisioner': dice.pick([null, 'absent']) } } },
  }),
  (dice) => ({
    method: 'PATCH',
    url: `/api/v1/nodes/${dice.pick(['vivakube-worker', 'vivakube-worker2'])}`,
    contentType: MERGE,
    body: { spec: { taints: [{ key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute' }] } },
  }),
  (dice) => ({
    method: 'POST',
    url: '/api/v1/namespaces/kube-system/configmaps',
    body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'kube-scheduler' }, data: { 'config.yaml': dice.pick(SCHEDULERS) } },
  }),
  () => ({ method: 'DELETE', url: '/api/v1/namespaces/kube-system/configmaps/kube-scheduler' }),
];
