import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, forbiddenField, required } from '../../../machinery/field.ts';
import { validateClaimSpec } from '../../rules/devices/claim.ts';
import { validateSet } from '../../rules/devices/lists.ts';
import { validateImmutable } from '../../shared/equal.ts';
import type { Part } from '../../shared/fields.ts';
import { goStruct } from '../../shared/go/show.ts';

// Models ValidateResourceClaim* in pkg/apis/resource/validation/validation.go.
export const validate = ({ spec }: KubeObject): FieldError[] => validateClaimSpec(spec, 'spec');

export const validateUpdate = ({ spec }: KubeObject, old: KubeObject): FieldError[] =>
  validateImmutable(spec, old.spec, 'spec', (value) => goStruct('ResourceClaimSpec', value));

const CONSUMERS_MAX = 256;

const validateConsumer = (consumer: Part, path: string): FieldError[] =>
  ['resource', 'name', 'uid'].flatMap((field) => (consumer[field] ? [] : [required(`${path}.${field}`)]));

/** Who uses what was allocated, which stays what it is. Models validateResourceClaimStatusUpdate; results of allocations are not looked into. */
export function validateStatusUpdate({ status }: KubeObject, old: KubeObject): FieldError[] {
  const { reservedFor, allocation } = status ?? {};
  const path = 'status.reservedFor';
  const errors = validateSet(reservedFor as Part[] | undefined, CONSUMERS_MAX, path, ({ uid }) => uid ?? '', validateConsumer);
  if (reservedFor?.length > 0 && !allocation) errors.push(forbiddenField(path, 'may not be specified when `allocated` is not set'));
  const before = old.status?.allocation;
  return allocation && before ? [...errors, ...validateImmutable(allocation, before, 'status.allocation')] : errors;
}
