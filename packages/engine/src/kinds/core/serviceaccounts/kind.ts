import { defineKind } from '../../../machinery/kind.ts';
import { columns } from './columns.ts';

export const serviceAccount = defineKind({
  group: '',
  version: 'v1',
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  shortNames: ['sa'],
  scope: 'Namespaced',
  schema: 'core.v1.ServiceAccount',
  returnsDeleted: true,
  columns,
  exactColumns: true,
});
