import { type FieldError, invalid, required, tooLong } from '../field.ts';

const MANAGER_LENGTH_MAX = 128;

/** Who writes: the fieldManager parameter, else what the User-Agent says before its first slash. Models managerOrUserAgent. */
export function managerName(fieldManager: string | undefined, userAgent: string | undefined): string {
  if (fieldManager) return fieldManager;
  const prefix = (userAgent ?? '').split('/')[0] as string;
  let out = '';
  let bytes = 0;
  for (const ch of prefix) {
    bytes += byteLength(ch);
    if (bytes > MANAGER_LENGTH_MAX) break;
    if (isPrintable(ch)) out += ch;
  }
  return out;
}

/** Findings about the fieldManager parameter; `apply` says whether the request is a server-side apply, which needs one. */
export function fieldManagerProblems(fieldManager: string | undefined, apply: boolean): FieldError[] {
  if (!fieldManager) return apply ? [required('fieldManager', 'is required for apply patch')] : [];
  const problems: FieldError[] = [];
  let bytes = 0;
  for (const ch of fieldManager) bytes += byteLength(ch);
  if (bytes > MANAGER_LENGTH_MAX) problems.push(tooLong('fieldManager', MANAGER_LENGTH_MAX));
  let at = 0;
  for (const ch of fieldManager) {
    if (!isPrintable(ch)) {
      problems.push(
        invalid(
          'fieldManager',
          fieldManager,
          `invalid character U+${(ch.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')} at position ${at}`,
        ),
      );
    }
    at += byteLength(ch);
  }
  return problems;
}

/** `force` belongs to apply alone. */
export const forceProblems = (force: boolean | undefined, apply: boolean): FieldError[] =>
  force !== undefined && !apply ? [{ type: 'FieldValueForbidden', field: 'force', body: 'Forbidden: may not be specified for non-apply patch' }] : [];

function byteLength(ch: string): number {
  const code = ch.codePointAt(0) as number;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

/** Go's unicode.IsPrint: letters, marks, numbers, punctuation, symbols and the plain space. */
const isPrintable = (ch: string): boolean => ch === ' ' || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(ch);
