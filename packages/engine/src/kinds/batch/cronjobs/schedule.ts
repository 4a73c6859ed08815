import { goQuote } from '../../../machinery/field.ts';

/** Models ParseStandard of github.com/robfig/cron/v3: five fields or a descriptor. */
export interface CalendarSchedule {
  minutes: readonly number[];
  hours: readonly number[];
  daysOfMonth: readonly number[];
  months: readonly number[];
  /** 0 is Sunday. */
  daysOfWeek: readonly number[];
  /** A day matches either field, unless one of them is a star: then both. */
  anyDayOfMonth: boolean;
  anyDayOfWeek: boolean;
}

export type Schedule = CalendarSchedule | { everyMs: number };

interface Bounds {
  low: number;
  high: number;
  names?: readonly string[];
}

const MINUTE: Bounds = { low: 0, high: 59 };
const HOUR: Bounds = { low: 0, high: 23 };
const DAY: Bounds = { low: 1, high: 31 };
const MONTH: Bounds = { low: 1, high: 12, names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] };
const WEEKDAY: Bounds = { low: 0, high: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] };

const DESCRIPTORS: Record<string, string> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/** Problems travel as thrown texts inside this file only; `parseSchedule` returns them. */
class ScheduleProblem extends Error {}

const fail = (text: string): never => {
  throw new ScheduleProblem(text);
};

function parseNumber(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) fail(`failed to parse int from ${text}: strconv.Atoi: parsing ${goQuote(text)}: invalid syntax`);
  const value = Number.parseInt(text, 10);
  return value < 0 ? fail(`negative number (${value}) not allowed: ${text}`) : value;
}

function parseNumberOrName(text: string, bounds: Bounds): number {
  const named = bounds.names?.indexOf(text.toLowerCase()) ?? -1;
  return named >= 0 ? named + bounds.low : parseNumber(text);
}

interface Range {
  start: number;
  end: number;
  star: boolean;
}

function parseEnds(text: string, expression: string, bounds: Bounds): Range {
  const ends = text.split('-');
  if (ends[0] === '*' || ends[0] === '?') return { start: bounds.low, end: bounds.high, star: true };
  const start = parseNumberOrName(ends[0] as string, bounds);
  if (ends.length > 2) return fail(`too many hyphens: ${expression}`);
  return { start, end: ends.length === 2 ? parseNumberOrName(ends[1] as string, bounds) : start, star: false };
}

function parseRange(expression: string, bounds: Bounds): { values: number[]; star: boolean } {
  const [ends, ...steps] = expression.split('/') as [string, ...string[]];
  const range = parseEnds(ends, expression, bounds);
  if (steps.length > 1) fail(`too many slashes: ${expression}`);
  const step = steps.length === 1 ? parseNumber(steps[0] as string) : 1;
  if (steps.length === 1 && !ends.includes('-')) range.end = bounds.high;
  const { start, end } = range;
  if (start < bounds.low) fail(`beginning of range (${start}) below minimum (${bounds.low}): ${expression}`);
  if (end > bounds.high) fail(`end of range (${end}) above maximum (${bounds.high}): ${expression}`);
  if (start > end) fail(`beginning of range (${start}) beyond end of range (${end}): ${expression}`);
  if (step === 0) fail(`step of range should be a positive number: ${expression}`);
  const values: number[] = [];
  for (let value = start; value <= end; value += step) values.push(value);
  return { values, star: range.star && step === 1 };
}

function parseField(field: string, bounds: Bounds): { values: number[]; star: boolean } {
  const ranges = field
    .split(',')
    .filter((part) => part !== '')
    .map((part) => parseRange(part, bounds));
  const values = [...new Set(ranges.flatMap((range) => range.values))].sort((a, b) => a - b);
  return { values, star: ranges.some((range) => range.star) };
}

function parseFields(text: string): CalendarSchedule {
  const fields = text.split(/\s+/).filter((field) => field !== '');
  if (fields.length !== 5) fail(`expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`);
  const [minutes, hours, days, months, weekdays] = fields.map((field, i) => parseField(field, [MINUTE, HOUR, DAY, MONTH, WEEKDAY][i] as Bounds)) as [
    Part,
    Part,
    Part,
    Part,
    Part,
  ];
  return {
    minutes: minutes.values,
    hours: hours.values,
    daysOfMonth: days.values,
    months: months.values,
    daysOfWeek: weekdays.values,
    anyDayOfMonth: days.star,
    anyDayOfWeek: weekdays.star,
  };
}

type Part = { values: number[]; star: boolean };

const UNIT_MS: Record<string, number> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Models time.ParseDuration; cron rounds to whole seconds, at least one. */
function parseEvery(text: string, spec: string): { everyMs: number } {
  const parts = [...text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map((part) => part[0]).join('') !== text.replace(/^[+-]/, '')) {
    fail(`failed to parse duration ${spec}: time: invalid duration ${goQuote(text)}`);
  }
  const totalMs = parts.reduce((sum, part) => sum + Number(part[1]) * (UNIT_MS[part[2] as string] as number), 0);
  return { everyMs: Math.max(1000, Math.floor((text.startsWith('-') ? -totalMs : totalMs) / 1000) * 1000) };
}

function parseDescriptor(text: string): Schedule {
  if (Object.hasOwn(DESCRIPTORS, text)) return parseFields(DESCRIPTORS[text] as string);
  if (text.startsWith('@every ')) return parseEvery(text.slice('@every '.length), text);
  return fail(`unrecognized descriptor: ${text}`);
}

/** The schedule, or the text of what is wrong with it. */
export function parseSchedule(text: string): Schedule | { problem: string } {
  try {
    if (text === '') fail('empty spec string');
    const spec = text.replace(/^(?:CRON_)?TZ=\S+\s*/, '');
    return spec.startsWith('@') ? parseDescriptor(spec) : parseFields(spec);
  } catch (problem) {
    if (problem instanceof ScheduleProblem) return { problem: problem.message };
    throw problem;
  }
}
