import type {
  ControllerRevision as ControllerRevisionType,
  DaemonSet as DaemonSetType,
  Deployment as DeploymentType,
  ReplicaSet as ReplicaSetType,
  StatefulSet as StatefulSetType,
} from '@vivakube/schema/types/apps.v1';
import type { CronJob as CronJobType, Job as JobType } from '@vivakube/schema/types/batch.v1';
import type { PersistentVolumeClaim, PodTemplateSpec, Pod as PodType } from '@vivakube/schema/types/core.v1';
import type { ObjectMeta } from '@vivakube/schema/types/meta.v1';

/** An object as it is stored: what the API server always fills in is there. */
export type Live<T> = T & { metadata: ObjectMeta & { name: string; uid: string; creationTimestamp: string } };

export type Pod = Live<PodType>;
export type ReplicaSet = Live<ReplicaSetType>;
export type Deployment = Live<DeploymentType>;
export type StatefulSet = Live<StatefulSetType>;
export type DaemonSet = Live<DaemonSetType>;
export type ControllerRevision = Live<ControllerRevisionType>;
export type Job = Live<JobType>;
export type CronJob = Live<CronJobType>;
export type Claim = Live<PersistentVolumeClaim>;
export type PodTemplate = PodTemplateSpec;

/** What a watch and a reference need to know of a kind. */
export interface KindName {
  group: string;
  version: string;
  plural: string;
  kind: string;
}

export const PODS: KindName = { group: '', version: 'v1', plural: 'pods', kind: 'Pod' };
export const REPLICA_SETS: KindName = { group: 'apps', version: 'v1', plural: 'replicasets', kind: 'ReplicaSet' };
export const DEPLOYMENTS: KindName = { group: 'apps', version: 'v1', plural: 'deployments', kind: 'Deployment' };
export const STATEFUL_SETS: KindName = { group: 'apps', version: 'v1', plural: 'statefulsets', kind: 'StatefulSet' };
export const DAEMON_SETS: KindName = { group: 'apps', version: 'v1', plural: 'daemonsets', kind: 'DaemonSet' };
export const CONTROLLER_REVISIONS: KindName = { group: 'apps', version: 'v1', plural: 'controllerrevisions', kind: 'ControllerRevision' };
export const JOBS: KindName = { group: 'batch', version: 'v1', plural: 'jobs', kind: 'Job' };
export const CRON_JOBS: KindName = { group: 'batch', version: 'v1', plural: 'cronjobs', kind: 'CronJob' };
export const CLAIMS: KindName = { group: '', version: 'v1', plural: 'persistentvolumeclaims', kind: 'PersistentVolumeClaim' };
export const VOLUMES: KindName = { group: '', version: 'v1', plural: 'persistentvolumes', kind: 'PersistentVolume' };
export const SERVICES: KindName = { group: '', version: 'v1', plural: 'services', kind: 'Service' };
export const REPLICATION_CONTROLLERS: KindName = { group: '', version: 'v1', plural: 'replicationcontrollers', kind: 'ReplicationController' };
export const NAMESPACES: KindName = { group: '', version: 'v1', plural: 'namespaces', kind: 'Namespace' };
export const SERVICE_ACCOUNTS: KindName = { group: '', version: 'v1', plural: 'serviceaccounts', kind: 'ServiceAccount' };
export const CONFIG_MAPS: KindName = { group: '', version: 'v1', plural: 'configmaps', kind: 'ConfigMap' };
export const EVENTS: KindName = { group: '', version: 'v1', plural: 'events', kind: 'Event' };
export const NODES: KindName = { group: '', version: 'v1', plural: 'nodes', kind: 'Node' };

/** All controllers of kube-controller-manager write under one field manager. */
export const CONTROLLER_MANAGER = 'kube-controller-manager';
