import { ageColumn, nameColumn, text } from '../../cells/standard.ts';
import { containerColumns } from '../../cells/templates.ts';

// Models printStatefulSet in pkg/printers/internalversion/printers.go.
export const columns = [
  nameColumn,
  text('Ready', 'Number of the pod with ready state', ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 0}`),
  ageColumn,
  ...containerColumns(),
];
