import { defineKind } from '../../../machinery/kind.ts';
import { columns } from './columns.ts';
import { defaults } from './defaults.ts';
import { validate, validateUpdate } from './validate.ts';
import { warnings } from './warnings.ts';

export const endpointSlice = defineKind({
  group: 'discovery.k8s.io',
  version: 'v1',
  kind: 'EndpointSlice',
  plural: 'endpointslices',
  scope: 'Namespaced',
  schema: 'discovery.v1.EndpointSlice',
  generation: true,
  defaults,
  validate,
  validateUpdate,
  indexes: {
    service: ({ metadata }) => {
      const name = metadata.labels?.['kubernetes.io/service-name'];
      return name ? [`${metadata.namespace}/${name}`] : [];
    },
  },
  warnings,
  columns,
  exactColumns: true,
});
