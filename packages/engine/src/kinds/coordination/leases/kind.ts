import { defineKind } from '../../../machinery/kind.ts';
import { ageColumn, nameColumn, text } from '../../cells/standard.ts';
import { presentLease } from '../../shared/heartbeat.ts';
import { heardUntil } from '../../shared/node-fault.ts';
import { validate } from './validate.ts';

export const lease = defineKind({
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  plural: 'leases',
  scope: 'Namespaced',
  schema: 'coordination.v1.Lease',
  createsOnUpdate: true,
  updatesNameRevision: true,
  validate,
  validateUpdate: validate,
  present: (object, { now, view }) => presentLease(object, heardUntil(view, object.metadata.name as string, now)),
  columns: [
    nameColumn,
    text('Holder', 'holderIdentity contains the identity of the holder of a current lease.', (object) => object.spec?.holderIdentity ?? ''),
    ageColumn,
  ],
  exactColumns: true,
});
