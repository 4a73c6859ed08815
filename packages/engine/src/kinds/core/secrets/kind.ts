import { defineKind } from '../../../machinery/kind.ts';
import { columns } from './columns.ts';
import { defaults } from './defaults.ts';
import { validate, validateUpdate } from './validate.ts';
import { warnings } from './warnings.ts';

export const secret = defineKind({
  group: '',
  version: 'v1',
  kind: 'Secret',
  plural: 'secrets',
  scope: 'Namespaced',
  schema: 'core.v1.Secret',
  defaults,
  validate,
  validateUpdate,
  warnings,
  fieldSelectors: { type: (object) => object.type ?? '' },
  columns,
  exactColumns: true,
});
