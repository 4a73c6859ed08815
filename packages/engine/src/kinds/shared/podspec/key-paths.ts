import { type FieldError, required } from '../../../machinery/field.ts';
import type { Part } from '../fields.ts';
import { validateFileMode, validateLocalNonReservedPath } from '../paths.ts';

/** Keys of a ConfigMap or Secret and the files they become. Models validateKeyToPath. */
export const validateKeysToPaths = (items: Part[] | undefined, path: string): FieldError[] =>
  (items ?? []).flatMap((item, i) => validateKeyToPath(item, `${path}[${i}]`));

export const validateKeyToPath = (item: Part, path: string): FieldError[] => [
  ...(item.key ? [] : [required(`${path}.key`)]),
  ...(item.path ? [] : [required(`${path}.path`)]),
  ...validateLocalNonReservedPath(item.path ?? '', `${path}.path`),
  ...validateFileMode(item.mode, `${path}.mode`),
];
