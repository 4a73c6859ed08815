import { ageColumn, integer, nameColumn } from '../../cells/standard.ts';
import { containerColumns, selectorColumn } from '../../cells/templates.ts';

// Models printReplicaSet in pkg/printers/internalversion/printers.go.
export const columns = [
  nameColumn,
  integer(
    'Desired',
    'Replicas is the number of desired pods. This is a pointer to distinguish between explicit zero and unspecified. Defaults to 1. More info: https://kubernetes.io/docs/concepts/workloads/controllers/replicaset',
    ({ spec }) => spec?.replicas ?? 0,
  ),
  integer(
    'Current',
    'Replicas is the most recently observed number of non-terminating pods. More info: https://kubernetes.io/docs/concepts/workloads/controllers/replicaset',
    ({ status }) => status?.replicas ?? 0,
  ),
  integer(
    'Ready',
    'The number of non-terminating pods targeted by this ReplicaSet with a Ready Condition.',
    ({ status }) => status?.readyReplicas ?? 0,
  ),
  ageColumn,
  ...containerColumns(),
  selectorColumn(
    "Selector is a label query over pods that should match the replica count. Label keys and values that must match in order to be controlled by this replica set. It must match the pod template's labels. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors",
  ),
];
