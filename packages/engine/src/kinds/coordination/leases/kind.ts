import { defineKind } from '../../../machinery/kind.ts';
import { ageColumn, nameColumn, text } from '../../cells/standard.ts';
import { validate } from './validate.ts';

export const lease = defineKind({
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  plural: 'leases',
  scope: 'Namespaced',
  schema: 'coordination.v1.Lease',
  validate,
  validateUpdate: validate,
  columns: [
    nameColumn,
    text('Holder', 'holderIdentity contains the identity of the holder of a current lease.', (object) => object.spec?.holderIdentity ?? ''),
    ageColumn,
  ],
  exactColumns: true,
});
