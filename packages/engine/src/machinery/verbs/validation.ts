import type { Call } from './context.ts';
import { invalidOptions } from './options.ts';

export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';
const MODES: readonly string[] = ['Ignore', 'Strict', 'Warn'];

/** `fieldValidation` of a write; Warn unless asked otherwise. */
export function fieldValidation(call: Call): FieldValidation {
  const asked = call.request.query.get('fieldValidation') || 'Warn';
  if (!MODES.includes(asked)) {
    throw invalidOptions(
      call,
      'fieldValidation',
      `Unsupported value: ${JSON.stringify(asked)}: supported values: ${MODES.map((m) => JSON.stringify(m)).join(', ')}`,
      'FieldValueNotSupported',
    );
  }
  return asked as FieldValidation;
}
