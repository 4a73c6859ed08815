import { type Instant, toCivil } from '../../core/instant.ts';

const OPEN = '\u0001';
const CLOSE = '\u0002';
const MARK = new RegExp(`${OPEN}([^${CLOSE}]*)${CLOSE}`, 'g');
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Stands for the time at which a line is printed: a course of events is the same whenever it starts. */
export const dateMark = (args: readonly string[]): string => `${OPEN}${args.find((a) => a.startsWith('+'))?.slice(1) ?? ''}${CLOSE}`;

export const withDates = (text: string, at: Instant): string =>
  text.includes(OPEN) ? text.replace(MARK, (_, format: string) => formatDate(at, format || '%a %b %e %H:%M:%S UTC %Y')) : text;

/** The conversions of strftime that people use. */
function formatDate(at: Instant, format: string): string {
  const c = toCivil(at);
  const two = (n: number): string => String(n).padStart(2, '0');
  const parts = new Map<string, string>([
    ['a', DAYS[c.weekday] as string],
    ['b', MONTHS[c.month - 1] as string],
    ['d', two(c.day)],
    ['e', String(c.day).padStart(2)],
    ['F', `${c.year}-${two(c.month)}-${two(c.day)}`],
    ['H', two(c.hour)],
    ['M', two(c.minute)],
    ['m', two(c.month)],
    ['N', `${String(c.millisecond).padStart(3, '0')}000000`],
    ['S', two(c.second)],
    ['s', String(Math.floor(at / 1000))],
    ['T', `${two(c.hour)}:${two(c.minute)}:${two(c.second)}`],
    ['Y', String(c.year)],
    ['Z', 'UTC'],
    ['z', '+0000'],
    ['%', '%'],
  ]);
  return format.replace(/%([a-zA-Z%])/g, (whole, letter: string) => parts.get(letter) ?? whole);
}
