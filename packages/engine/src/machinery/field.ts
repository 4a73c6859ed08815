import { ApiError, type StatusCause } from './status.ts';

/** Models k8s.io/apimachinery/pkg/util/validation/field: one finding about one path. */
export type FieldErrorType =
  | 'FieldValueNotFound'
  | 'FieldValueRequired'
  | 'FieldValueDuplicate'
  | 'FieldValueInvalid'
  | 'FieldValueNotSupported'
  | 'FieldValueForbidden'
  | 'FieldValueTooLong'
  | 'FieldValueTooMany'
  | 'InternalError'
  | 'FieldValueTypeInvalid';

export interface FieldError {
  type: FieldErrorType;
  /** `spec.containers[0].name`, `metadata.labels[a/b]`. */
  field: string;
  /** What follows the path: `Invalid value: "x": must be ...`. */
  body: string;
}

/** How Go prints a rejected value since 1.34: strings quoted, numbers and booleans bare, everything else as JSON. */
export function showValue(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'string') return goQuote(value);
  return typeof value === 'object' ? goJson(value) : String(value);
}

const ESCAPED = /[<>&\u2028\u2029]/g;

/** Go's JSON spells out what could end a script element. */
export const goJson = (value: unknown, indent?: string): string =>
  JSON.stringify(value, undefined, indent).replace(ESCAPED, (ch) => `\\u${(ch.codePointAt(0) as number).toString(16).padStart(4, '0')}`);

/** Go's %q: JSON quoting is the same for everything but some control characters. */
export function goQuote(text: string): string {
  let out = '"';
  for (const ch of text) {
    const code = ch.codePointAt(0) as number;
    if (ch === '"' || ch === '\\') out += `\\${ch}`;
    else if (ch === '\n') out += '\\n';
    else if (ch === '\t') out += '\\t';
    else if (ch === '\r') out += '\\r';
    else if (code === 7) out += '\\a';
    else if (code === 8) out += '\\b';
    else if (code === 11) out += '\\v';
    else if (code === 12) out += '\\f';
    else if (code < 0x20 || code === 0x7f) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else out += ch;
  }
  return `${out}"`;
}

const withDetail = (head: string, detail: string): string => (detail === '' ? head : `${head}: ${detail}`);

export const required = (field: string, detail = ''): FieldError => ({
  type: 'FieldValueRequired',
  field,
  body: withDetail('Required value', detail),
});

export const invalid = (field: string, value: unknown, detail: string): FieldError => ({
  type: 'FieldValueInvalid',
  field,
  body: withDetail(`Invalid value: ${showValue(value)}`, detail),
});

export const typeInvalid = (field: string, value: unknown, detail: string): FieldError => ({
  type: 'FieldValueTypeInvalid',
  field,
  body: withDetail(`Invalid value: ${showValue(value)}`, detail),
});

export const duplicate = (field: string, value: unknown): FieldError => ({
  type: 'FieldValueDuplicate',
  field,
  body: `Duplicate value: ${showValue(value)}`,
});

/** @param supported in the order upstream prints them (sorted, for its string sets). */
export const notSupported = (field: string, value: unknown, supported: readonly string[]): FieldError => ({
  type: 'FieldValueNotSupported',
  field,
  body: withDetail(`Unsupported value: ${showValue(value)}`, supported.length > 0 ? `supported values: ${supported.map(goQuote).join(', ')}` : ''),
});

export const forbiddenField = (field: string, detail: string): FieldError => ({
  type: 'FieldValueForbidden',
  field,
  body: withDetail('Forbidden', detail),
});

export const notFoundField = (field: string, value: unknown): FieldError => ({
  type: 'FieldValueNotFound',
  field,
  body: `Not found: ${showValue(value)}`,
});

/** Since 1.32 the value itself is left out: it is, after all, too long. */
export const tooLong = (field: string, maxBytes: number): FieldError => ({
  type: 'FieldValueTooLong',
  field,
  body: withDetail('Too long', `may not be more than ${maxBytes} ${maxBytes === 1 ? 'byte' : 'bytes'}`),
});

export const tooMany = (field: string, actual: number, max: number): FieldError => ({
  type: 'FieldValueTooMany',
  field,
  body: `Too many: ${actual}: must have at most ${max} ${max === 1 ? 'item' : 'items'}`,
});

/** One error stands bare, several in brackets; the same text twice counts once (utilerrors.Aggregate). */
export function aggregateText(errors: readonly FieldError[]): string {
  const texts = [...new Set(errors.map((e) => `${e.field}: ${e.body}`))];
  return texts.length === 1 ? (texts[0] as string) : `[${texts.join(', ')}]`;
}

/** 422 with every finding as a cause. Models NewInvalid in k8s.io/apimachinery/pkg/api/errors. */
export function invalidObject(group: string, kind: string, name: string, errors: readonly FieldError[]): ApiError {
  const causes: StatusCause[] = errors.map((e) => ({ reason: e.type, message: e.body, field: e.field }));
  const qualifiedKind = group === '' ? kind : `${kind}.${group}`;
  return new ApiError(422, 'Invalid', `${qualifiedKind} ${goQuote(name)} is invalid: ${aggregateText(errors)}`, {
    name,
    ...(group ? { group } : {}),
    kind,
    causes,
  });
}
