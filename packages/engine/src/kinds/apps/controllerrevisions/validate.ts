import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, required } from '../../../machinery/field.ts';
import { validateImmutable } from '../../shared/equal.ts';
import { validateNonNegative } from '../../shared/fields.ts';

/** Models ValidateControllerRevision of pkg/apis/apps/validation. */
export const validate = (revision: KubeObject): FieldError[] => [
  ...(revision.data === undefined ? [required('data', 'data is mandatory')] : []),
  ...validateNonNegative(revision.revision, 'revision'),
];

export const validateUpdate = (revision: KubeObject, old: KubeObject): FieldError[] => [
  ...validate(revision),
  ...validateImmutable(revision.data, old.data, 'data'),
];
