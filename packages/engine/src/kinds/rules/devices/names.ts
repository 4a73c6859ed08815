import { type FieldError, invalid, required, tooLong } from '../../../machinery/field.ts';
import { eachInvalid, validateDnsSubdomain } from '../../shared/fields.ts';
import { isCIdentifier } from '../../shared/formats.ts';
import { validateCsiDriverName } from '../../shared/podspec/volume-sources.ts';

// Models pkg/apis/resource/validation/validation.go.
const POOL_BYTES_MAX = 253;
const ID_BYTES_MAX = 32;

/** The names that drivers of devices and of volumes may have are the same. */
export const validateDriverName = validateCsiDriverName;

export function validatePoolName(name: string, path: string): FieldError[] {
  if (name === '') return [required(path)];
  const errors = name.length > POOL_BYTES_MAX ? [tooLong(path, POOL_BYTES_MAX)] : [];
  return [...errors, ...name.split('/').flatMap((part) => validateDnsSubdomain(part, path))];
}

function validateId(id: string, path: string): FieldError[] {
  const errors = id.length > ID_BYTES_MAX ? [tooLong(path, ID_BYTES_MAX)] : [];
  return [...errors, ...eachInvalid(path, id, isCIdentifier(id))];
}

/** The name of an attribute or a capacity, with the domain of its owner or without. More than one slash goes unseen. */
export function validateDeviceQualifiedName(name: string, path: string): FieldError[] {
  const [first = '', second, ...rest] = name.split('/');
  if (second === undefined) return validateId(first, path);
  if (rest.length > 0) return [];
  return [
    ...(first === '' ? [invalid(path, '', 'the domain must not be empty')] : validateDriverName(first, path)),
    ...(second === '' ? [invalid(path, '', 'the name must not be empty')] : validateId(second, path)),
  ];
}

export const validateFullyQualifiedName = (name: string, path: string): FieldError[] => [
  ...validateDeviceQualifiedName(name, path),
  ...(name.includes('/') ? [] : [invalid(path, name, 'a fully qualified name must be a domain and a name separated by a slash')]),
];
