import { defineKind } from '../../../machinery/kind.ts';
import { orphan } from '../../rules/orphan.ts';
import { columns } from './columns.ts';
import { validate, validateUpdate } from './validate.ts';

export const controllerRevision = defineKind({
  group: 'apps',
  version: 'v1',
  kind: 'ControllerRevision',
  plural: 'controllerrevisions',
  scope: 'Namespaced',
  schema: 'apps.v1.ControllerRevision',
  validate,
  validateUpdate,
  indexes: { orphan },
  columns,
  exactColumns: true,
});
