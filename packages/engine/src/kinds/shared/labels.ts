import { type FieldError, forbiddenField, invalid, required, tooLong } from '../../machinery/field.ts';
import { eachInvalid, type Part, sortedKeys, validateQualifiedName } from './fields.ts';
import { isLabelValue, isQualifiedName } from './names.ts';
import { byteLength } from './text.ts';

// Models k8s.io/apimachinery/pkg/apis/meta/v1/validation.

/** A label's key. */
export const validateLabelName = (name: string | undefined, path: string): FieldError[] => validateQualifiedName(name ?? '', path);

export function validateLabels(labels: Record<string, string> | undefined, path: string): FieldError[] {
  return sortedKeys(labels).flatMap((key) => {
    const value = (labels as Record<string, string>)[key] as string;
    return [...validateLabelName(key, path), ...eachInvalid(path, value, isLabelValue(value))];
  });
}

export const ANNOTATIONS_BYTES_MAX = 256 * 1024;

/** Keys are like labels' but in any case; together they may not pass 256 KiB. */
export function validateAnnotations(annotations: Record<string, string> | undefined, path: string): FieldError[] {
  const errors: FieldError[] = [];
  let totalBytes = 0;
  for (const key of sortedKeys(annotations)) {
    errors.push(...eachInvalid(path, key, isQualifiedName(key.toLowerCase())));
    totalBytes += byteLength(key) + byteLength((annotations as Record<string, string>)[key] ?? '');
  }
  if (totalBytes > ANNOTATIONS_BYTES_MAX) errors.push(tooLong(path, ANNOTATIONS_BYTES_MAX));
  return errors;
}

export interface LabelSelectorOptions {
  /** Selectors that were written before values were checked keep working. */
  allowInvalidValues?: boolean;
}

export function validateLabelSelector(selector: Part | undefined, path: string, options: LabelSelectorOptions = {}): FieldError[] {
  if (!selector) return [];
  const requirements: Part[] = selector.matchExpressions ?? [];
  return [
    ...validateLabels(selector.matchLabels, `${path}.matchLabels`),
    ...requirements.flatMap((r, i) => validateRequirement(r, `${path}.matchExpressions[${i}]`, options)),
  ];
}

function validateRequirement(requirement: Part, path: string, options: LabelSelectorOptions): FieldError[] {
  const values: string[] = requirement.values ?? [];
  const errors: FieldError[] = [];
  switch (requirement.operator) {
    case 'In':
    case 'NotIn':
      if (values.length === 0) errors.push(required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
      break;
    case 'Exists':
    case 'DoesNotExist':
      if (values.length > 0) errors.push(forbiddenField(`${path}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
      break;
    default:
      errors.push(invalid(`${path}.operator`, requirement.operator ?? '', 'not a valid selector operator'));
  }
  errors.push(...validateLabelName(requirement.key, `${path}.key`));
  if (!options.allowInvalidValues) for (const [i, v] of values.entries()) errors.push(...eachInvalid(`${path}.values[${i}]`, v, isLabelValue(v)));
  return errors;
}
