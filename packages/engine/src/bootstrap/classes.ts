import type { Bootstrapped } from './object.ts';

/** The default class of clusters made by kind. */
const STANDARD: Bootstrapped = {
  resource: 'storage.k8s.io/storageclasses',
  object: {
    kind: 'StorageClass',
    apiVersion: 'storage.k8s.io/v1',
    metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    // Network disks, which bind in any mode and grow, as clouds have them; local-path is bound to one node.
    provisioner: 'disk.sim.vivakube.dev',
    reclaimPolicy: 'Delete',
    allowVolumeExpansion: true,
    volumeBindingMode: 'WaitForFirstConsumer',
  },
};

/** What makes and attaches the volumes of that class. */
const DISKS: Bootstrapped = {
  resource: 'storage.k8s.io/csidrivers',
  object: {
    kind: 'CSIDriver',
    apiVersion: 'storage.k8s.io/v1',
    metadata: { name: 'disk.sim.vivakube.dev' },
    spec: { attachRequired: true, podInfoOnMount: false, volumeLifecycleModes: ['Persistent'], fsGroupPolicy: 'File' },
  },
};

const priorityClass = (name: string, value: number, description: string): Bootstrapped => ({
  resource: 'scheduling.k8s.io/priorityclasses',
  object: { kind: 'PriorityClass', apiVersion: 'scheduling.k8s.io/v1', metadata: { name }, value, description },
});

/** Facts: pkg/apis/scheduling/v1/helpers.go. */
export const classObjects = (): Bootstrapped[] => [
  priorityClass('system-node-critical', 2_000_001_000, 'Used for system critical pods that must not be moved from their current node.'),
  priorityClass(
    'system-cluster-critical',
    2_000_000_000,
    'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
  ),
  STANDARD,
  DISKS,
];
