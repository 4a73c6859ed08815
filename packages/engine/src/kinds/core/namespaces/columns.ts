import type { KubeObject } from '../../../core/object.ts';
import type { Column } from '../../../machinery/kind.ts';
import { ageColumn, nameColumn, text } from '../../cells/standard.ts';

export const columns: Column<KubeObject>[] = [
  nameColumn,
  text('Status', 'The status of the namespace', (namespace) => namespace.status?.phase ?? ''),
  ageColumn,
];
