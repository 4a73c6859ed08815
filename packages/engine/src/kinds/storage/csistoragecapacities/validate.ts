import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, invalid } from '../../../machinery/field.ts';
import { validateImmutable } from '../../shared/equal.ts';
import { validateDnsSubdomain } from '../../shared/fields.ts';
import { validateLabelSelector } from '../../shared/labels.ts';
import { nano } from '../../shared/quantity.ts';

const nonNegativeQuantity = (quantity: string | undefined, path: string): FieldError[] =>
  quantity !== undefined && nano(quantity) < 0n ? [invalid(path, quantity, 'must be greater than or equal to 0')] : [];

// Models ValidateCSIStorageCapacity* in pkg/apis/storage/validation/validation.go.
export const validate = (capacity: KubeObject): FieldError[] => [
  ...validateLabelSelector(capacity.nodeTopology, 'nodeTopology'),
  ...validateDnsSubdomain(capacity.storageClassName ?? '', 'storageClassName'),
  ...nonNegativeQuantity(capacity.capacity, 'capacity'),
  ...nonNegativeQuantity(capacity.maximumVolumeSize, 'maximumVolumeSize'),
];

export const validateUpdate = (capacity: KubeObject, old: KubeObject): FieldError[] => [
  ...validate(capacity),
  ...validateImmutable(capacity.nodeTopology, old.nodeTopology, 'nodeTopology'),
  ...validateImmutable(capacity.storageClassName, old.storageClassName, 'storageClassName'),
];
