/** Instants are whole milliseconds since the Unix epoch; the wire has RFC 3339. No `Date`: the engine must not know a clock or a time zone. */
export type Instant = number;

const DAY_MS = 86_400_000;
const pad = (value: number, width: number): string => String(value).padStart(width, '0');

export interface CivilTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
  /** 0 is Sunday. */
  weekday: number;
}

/** Gregorian calendar in UTC, after Howard Hinnant's days-from-civil construction. */
export function toCivil(at: Instant): CivilTime {
  const days = Math.floor(at / DAY_MS);
  const rest = at - days * DAY_MS;
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthShifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthShifted < 10 ? monthShifted + 3 : monthShifted - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthShifted + 2) / 5) + 1,
    hour: Math.floor(rest / 3_600_000),
    minute: Math.floor(rest / 60_000) % 60,
    second: Math.floor(rest / 1000) % 60,
    millisecond: rest % 1000,
    weekday: (((days + 4) % 7) + 7) % 7,
  };
}

export function fromCivil(year: number, month: number, day: number, hour = 0, minute = 0, second = 0, millisecond = 0): Instant {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  const days = era * 146_097 + dayOfEra - 719_468;
  return days * DAY_MS + hour * 3_600_000 + minute * 60_000 + second * 1000 + millisecond;
}

let lastSecond = Number.NaN;
let lastText = '';

/** metav1.Time on the wire: UTC, whole seconds. */
export function toRfc3339(at: Instant): string {
  const second = Math.floor(at / 1000);
  if (second === lastSecond) return lastText;
  const c = toCivil(second * 1000);
  lastSecond = second;
  lastText = `${pad(c.year, 4)}-${pad(c.month, 2)}-${pad(c.day, 2)}T${pad(c.hour, 2)}:${pad(c.minute, 2)}:${pad(c.second, 2)}Z`;
  return lastText;
}

/** metav1.MicroTime on the wire: UTC, six fractional digits. */
export function toRfc3339Micro(at: Instant): string {
  const ms = ((at % 1000) + 1000) % 1000;
  return `${toRfc3339(at).slice(0, -1)}.${pad(ms, 3)}000Z`;
}

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:[.,](\d+))?(Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds of an RFC 3339 text, or undefined if it is none (month 13, 31 April and hour 24 included). */
export function parseRfc3339(text: string): Instant | undefined {
  const m = RFC3339.exec(text);
  if (!m) return undefined;
  const [year, month, day, hour, minute, second] = m.slice(1, 7).map(Number) as [number, number, number, number, number, number];
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return undefined;
  const at = fromCivil(year, month, day, hour, minute, second);
  const back = toCivil(at);
  if (back.day !== day || back.month !== month) return undefined;
  const fraction = m[7] ? Math.floor(Number(`0.${m[7]}`) * 1000) : 0;
  const zone = m[8] as string;
  if (zone === 'Z') return at + fraction;
  const sign = zone.startsWith('-') ? -1 : 1;
  return at + fraction - sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))) * 60_000;
}
