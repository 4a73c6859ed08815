import { type FieldError, invalid } from '../../../machinery/field.ts';

const CHARACTERS = /^[A-Za-z.\-_0-9+]{1,14}$/;

/** The platform's own copy of the IANA database knows the name, spelled exactly so. */
function isKnownZone(name: string): boolean {
  try {
    const resolved = new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
    return resolved === name || resolved.toLowerCase() !== name.toLowerCase();
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Models validateTimeZone in pkg/apis/batch/validation/validation.go. */
export function validateTimeZone(timeZone: string | undefined, path: string): FieldError[] {
  if (timeZone === undefined) return [];
  if (timeZone === '') return [invalid(path, timeZone, 'timeZone must be nil or non-empty string')];
  const parts = timeZone.split('/');
  if (parts.some((part) => part === '.' || part === '..' || part.startsWith('-') || !CHARACTERS.test(part))) {
    return [invalid(path, timeZone, `unknown time zone ${timeZone}`)];
  }
  if (timeZone.toLowerCase() === 'local') {
    return [invalid(path, timeZone, 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones')];
  }
  return isKnownZone(timeZone) ? [] : [invalid(path, timeZone, `unknown time zone ${timeZone}`)];
}
