import { type FieldError, required } from '../../machinery/field.ts';
import { eachInvalid, type Part, validateDnsSubdomain } from '../shared/fields.ts';
import { isPathSegmentName } from '../shared/names.ts';

/** A segment of a URL that must be there. */
export const validateSegment = (value: string | undefined, path: string, missing = ''): FieldError[] =>
  value ? eachInvalid(path, value, isPathSegmentName(value)) : [required(path, missing)];

/** A reference by group, kind and name. Models validateIngressTypedLocalObjectReference in pkg/apis/networking/validation. */
export const validateTypedReference = (reference: Part, path: string): FieldError[] => [
  ...(reference.apiGroup === undefined ? [] : validateDnsSubdomain(reference.apiGroup, `${path}.apiGroup`)),
  ...validateSegment(reference.kind, `${path}.kind`, 'kind is required'),
  ...validateSegment(reference.name, `${path}.name`, 'name is required'),
];
