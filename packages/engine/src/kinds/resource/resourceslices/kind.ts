import { toRfc3339 } from '../../../core/instant.ts';
import { defineKind } from '../../../machinery/kind.ts';
import { ageColumn, nameColumn, text } from '../../cells/standard.ts';
import { sliceWarnings } from '../warnings.ts';
import { validate, validateUpdate } from './validate.ts';

export const resourceSlice = defineKind({
  group: 'resource.k8s.io',
  version: 'v1',
  kind: 'ResourceSlice',
  plural: 'resourceslices',
  scope: 'Cluster',
  schema: 'resource.v1.ResourceSlice',
  generation: true,
  defaults: (slice) => {
    slice.spec ??= {};
  },
  // Models SetDefaults_DeviceTaint in pkg/apis/resource/v1/defaults.go.
  prepareForCreate: (slice, { now }) => {
    for (const device of slice.spec.devices ?? []) for (const taint of device.taints ?? []) taint.timeAdded ??= toRfc3339(now);
  },
  validate,
  validateUpdate,
  warnings: sliceWarnings,
  fieldSelectors: { 'spec.nodeName': ({ spec }) => spec?.nodeName ?? '', 'spec.driver': ({ spec }) => spec?.driver ?? '' },
  // Models printResourceSlice in pkg/printers/internalversion/printers.go.
  columns: [
    nameColumn,
    text('Node', 'NodeName identifies the node which provides the resources in this pool.', ({ spec }) => spec?.nodeName || '<unset>'),
    text('Driver', 'Driver identifies the DRA driver providing the capacity information.', ({ spec }) => spec?.driver ?? ''),
    text('Pool', 'Name is used to identify the pool.', ({ spec }) => spec?.pool?.name ?? ''),
    ageColumn,
  ],
  exactColumns: true,
});
