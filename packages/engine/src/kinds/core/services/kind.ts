import { defineKind } from '../../../machinery/kind.ts';
import { nameIsDnsLabel } from '../../shared/names.ts';
import { allocatedNodePorts } from './allocate.ts';
import { columns } from './columns.ts';
import { defaults } from './defaults.ts';
import { prepareForCreate, prepareForUpdate } from './prepare.ts';
import { validateStatusUpdate } from './status.ts';
import { validate, validateUpdate } from './validate.ts';
import { warnings } from './warnings.ts';

export const service = defineKind({
  group: '',
  version: 'v1',
  kind: 'Service',
  plural: 'services',
  shortNames: ['svc'],
  categories: ['all'],
  scope: 'Namespaced',
  schema: 'core.v1.Service',
  createsOnUpdate: true,
  subresources: { status: true },
  // RelaxedServiceNameValidation: a name may begin with a digit since 1.36.
  nameRule: nameIsDnsLabel,
  defaults,
  prepareForCreate,
  prepareForUpdate,
  validate,
  validateUpdate,
  validateStatusUpdate,
  fieldSelectors: {
    'spec.clusterIP': ({ spec }) => spec?.clusterIP ?? '',
    'spec.type': ({ spec }) => spec?.type ?? '',
  },
  indexes: {
    clusterIP: ({ spec }) => spec?.clusterIPs ?? [],
    nodePort: allocatedNodePorts,
  },
  warnings,
  columns,
  exactColumns: true,
});
