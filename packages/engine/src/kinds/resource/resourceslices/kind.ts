import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, invalid, required } from '../../../machinery/field.ts';
import { defineKind } from '../../../machinery/kind.ts';
import { ageColumn, nameColumn, text } from '../../cells/standard.ts';
import { validateImmutable } from '../../shared/equal.ts';
import { type Part, validateDnsLabel, validateDnsSubdomain } from '../../shared/fields.ts';

const PLACES = ['nodeName', 'nodeSelector', 'allNodes', 'perDeviceNodeSelection'];

// Models ValidateResourceSlice in pkg/apis/resource/validation/validation.go.
function validate({ spec }: KubeObject): FieldError[] {
  const errors = spec.driver ? validateDnsSubdomain(spec.driver, 'spec.driver') : [required('spec.driver')];
  if (!spec.pool?.name) errors.push(required('spec.pool.name'));
  if (!(spec.pool?.resourceSliceCount > 0)) {
    errors.push(invalid('spec.pool.resourceSliceCount', spec.pool?.resourceSliceCount ?? 0, 'must be greater than zero'));
  }
  const places = PLACES.filter((field) => spec[field]);
  const detail = 'exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required';
  if (places.length === 0) errors.push(required('spec', detail));
  if (places.length > 1) errors.push(invalid('spec', `{${places.join(', ')}}`, `${detail}, but multiple fields are set`));
  const devices: Part[] = spec.devices ?? [];
  return [
    ...errors,
    ...devices.flatMap((device, i) =>
      device.name ? validateDnsLabel(device.name, `spec.devices[${i}].name`) : [required(`spec.devices[${i}].name`)],
    ),
  ];
}

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
  validate,
  validateUpdate: (slice, old) => [
    ...validate(slice),
    ...validateImmutable(slice.spec.nodeName, old.spec.nodeName, 'spec.nodeName'),
    ...validateImmutable(slice.spec.driver, old.spec.driver, 'spec.driver'),
    ...validateImmutable(slice.spec.pool?.name, old.spec.pool?.name, 'spec.pool.name'),
  ],
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
