import { ageColumn, nameColumn, text } from '../../cells/standard.ts';
import { containerColumns, selectorColumn } from '../../cells/templates.ts';

// Models printDeployment in pkg/printers/internalversion/printers.go.
export const columns = [
  nameColumn,
  text('Ready', 'Number of the pod with ready state', ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 0}`),
  text(
    'Up-to-date',
    'Total number of non-terminating pods targeted by this deployment that have the desired template spec.',
    ({ status }) => status?.updatedReplicas ?? 0,
  ),
  text(
    'Available',
    'Total number of available non-terminating pods (ready for at least minReadySeconds) targeted by this deployment.',
    ({ status }) => status?.availableReplicas ?? 0,
  ),
  ageColumn,
  ...containerColumns(),
  selectorColumn(
    "Label selector for pods. Existing ReplicaSets whose pods are selected by this will be the ones affected by this deployment. It must match the pod template's labels.",
  ),
];
