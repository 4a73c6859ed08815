import { labelsText } from '../../cells/selector-text.ts';
import { ageColumn, integer, nameColumn, text } from '../../cells/standard.ts';
import { containerColumns, selectorColumn } from '../../cells/templates.ts';

const MORE = 'More info: https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/';

// Models printDaemonSet in pkg/printers/internalversion/printers.go.
export const columns = [
  nameColumn,
  integer(
    'Desired',
    `The total number of nodes that should be running the daemon pod (including nodes correctly running the daemon pod). ${MORE}`,
    ({ status }) => status?.desiredNumberScheduled ?? 0,
  ),
  integer(
    'Current',
    `The number of nodes that are running at least 1 daemon pod and are supposed to run the daemon pod. ${MORE}`,
    ({ status }) => status?.currentNumberScheduled ?? 0,
  ),
  integer(
    'Ready',
    'numberReady is the number of nodes that should be running the daemon pod and have one or more of the daemon pod running with a Ready Condition.',
    ({ status }) => status?.numberReady ?? 0,
  ),
  integer('Up-to-date', 'The total number of nodes that are running updated daemon pod', ({ status }) => status?.updatedNumberScheduled ?? 0),
  integer(
    'Available',
    'The number of nodes that should be running the daemon pod and have one or more of the daemon pod running and available (ready for at least spec.minReadySeconds)',
    ({ status }) => status?.numberAvailable ?? 0,
  ),
  text(
    'Node Selector',
    "NodeSelector is a selector which must be true for the pod to fit on a node. Selector which must match a node's labels for the pod to be scheduled on that node. More info: https://kubernetes.io/docs/concepts/configuration/assign-pod-node/",
    ({ spec }) => labelsText(spec?.template?.spec?.nodeSelector),
  ),
  ageColumn,
  ...containerColumns(),
  selectorColumn(
    "A label query over pods that are managed by the daemon set. Must match in order to be controlled. It must match the pod template's labels. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors",
  ),
];
