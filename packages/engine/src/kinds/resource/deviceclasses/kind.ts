import { defineKind } from '../../../machinery/kind.ts';
import { ageColumn, nameColumn } from '../../cells/standard.ts';
import { validate } from './validate.ts';

export const deviceClass = defineKind({
  group: 'resource.k8s.io',
  version: 'v1',
  kind: 'DeviceClass',
  plural: 'deviceclasses',
  scope: 'Cluster',
  schema: 'resource.v1.DeviceClass',
  generation: true,
  defaults: (deviceClass) => {
    deviceClass.spec ??= {};
  },
  validate,
  validateUpdate: validate,
  columns: [nameColumn, ageColumn],
  exactColumns: true,
});
