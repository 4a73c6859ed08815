import { labelsText } from '../../cells/selector-text.ts';
import { ageColumn, integer, nameColumn, text, wide } from '../../cells/standard.ts';
import { containerColumns } from '../../cells/templates.ts';

const MORE = 'More info: https://kubernetes.io/docs/concepts/workloads/controllers/replicationcontroller#what-is-a-replicationcontroller';

// Models printReplicationController in pkg/printers/internalversion/printers.go.
export const columns = [
  nameColumn,
  integer(
    'Desired',
    `Replicas is the number of desired replicas. This is a pointer to distinguish between explicit zero and unspecified. Defaults to 1. ${MORE}`,
    ({ spec }) => spec?.replicas ?? 0,
  ),
  integer('Current', `Replicas is the most recently observed number of replicas. ${MORE}`, ({ status }) => status?.replicas ?? 0),
  integer('Ready', 'The number of ready replicas for this replication controller.', ({ status }) => status?.readyReplicas ?? 0),
  ageColumn,
  ...containerColumns(),
  wide(
    text(
      'Selector',
      'Selector is a label query over pods that should match the Replicas count. If Selector is empty, it is defaulted to the labels present on the Pod template. Label keys and values that must match in order to be controlled by this replication controller, if empty defaulted to labels on Pod template. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors',
      ({ spec }) => labelsText(spec?.selector),
    ),
  ),
];
