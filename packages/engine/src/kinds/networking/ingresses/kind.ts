import { defineKind } from '../../../machinery/kind.ts';
import { columns } from './columns.ts';
import { validate, validateStatusUpdate, validateUpdate } from './validate.ts';
import { warnings } from './warnings.ts';

export const ingress = defineKind({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'Ingress',
  plural: 'ingresses',
  shortNames: ['ing'],
  scope: 'Namespaced',
  schema: 'networking.v1.Ingress',
  subresources: { status: true },
  generation: true,
  defaults: (ingress) => {
    ingress.spec ??= {};
  },
  validate,
  validateUpdate,
  validateStatusUpdate,
  warnings,
  columns,
  exactColumns: true,
});
