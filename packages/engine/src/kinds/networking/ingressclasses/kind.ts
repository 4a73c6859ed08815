import { defineKind } from '../../../machinery/kind.ts';
import { columns } from './columns.ts';
import { defaults } from './defaults.ts';
import { validate, validateUpdate } from './validate.ts';

export const ingressClass = defineKind({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'IngressClass',
  plural: 'ingressclasses',
  scope: 'Cluster',
  schema: 'networking.v1.IngressClass',
  generation: true,
  defaults,
  validate,
  validateUpdate,
  columns,
  exactColumns: true,
});
