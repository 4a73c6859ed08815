import { type FieldError, invalid } from '../../machinery/field.ts';

// Models the path rules of pkg/apis/core/validation: what a container may be given as a file's place.

export const validateNoBacksteps = (target: string, path: string): FieldError[] =>
  target.split('/').includes('..') ? [invalid(path, target, "must not contain '..'")] : [];

export const validateLocalDescendingPath = (target: string, path: string): FieldError[] => [
  ...(target.startsWith('/') ? [invalid(path, target, 'must be a relative path')] : []),
  ...validateNoBacksteps(target, path),
];

export function validateLocalNonReservedPath(target: string, path: string): FieldError[] {
  const errors = validateLocalDescendingPath(target, path);
  if (target.startsWith('..') && !target.startsWith('../')) errors.push(invalid(path, target, "must not start with '..'"));
  return errors;
}

const FILE_MODE_ERROR = 'must be a number between 0 and 0777 (octal), both inclusive';

export const validateFileMode = (mode: number | undefined, path: string): FieldError[] =>
  mode !== undefined && (mode < 0 || mode > 0o777) ? [invalid(path, mode, FILE_MODE_ERROR)] : [];
