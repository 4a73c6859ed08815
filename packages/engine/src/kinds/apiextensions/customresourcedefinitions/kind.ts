import { defineKind } from '../../../machinery/kind.ts';
import { createdAtColumn, nameColumn } from '../../cells/standard.ts';
import { defaults, storeVersion } from './defaults.ts';
import { holdsInstances, terminate } from './deletion.ts';
import { validate, validateUpdate } from './validate.ts';

export const customResourceDefinition = defineKind({
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  shortNames: ['crd', 'crds'],
  categories: ['api-extensions'],
  scope: 'Cluster',
  schema: 'apiextensions.v1.CustomResourceDefinition',
  updatesNameRevision: true,
  subresources: { status: true },
  generation: true,
  defaults,
  prepareForCreate: storeVersion,
  prepareForUpdate: storeVersion,
  holdsDeletion: holdsInstances,
  prepareForDelete: terminate,
  validate,
  validateUpdate,
  // Nothing a user does makes the cluster call out, so say it where it would have.
  warnings: ({ spec }) =>
    spec.conversion?.strategy === 'Webhook'
      ? ['spec.conversion: this simulated cluster never calls conversion webhooks; versions of an object differ in their apiVersion only']
      : [],
  columns: [nameColumn, createdAtColumn],
  exactColumns: true,
});
