import { defineKind } from '../../../machinery/kind.ts';
import { columns } from './columns.ts';
import { defaults } from './defaults.ts';
import { validate, validateUpdate } from './validate.ts';

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
  // Models warnOnDeprecatedAddressType in pkg/registry/discovery/endpointslice/strategy.go, the path included.
  warnings: ({ addressType }) => (addressType === 'FQDN' ? ['spec.addressType: FQDN endpoints are deprecated'] : []),
  columns,
  exactColumns: true,
});
