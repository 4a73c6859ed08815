import { fromCivil, type Instant, toCivil } from '../../core/instant.ts';
import type { CalendarSchedule, Schedule } from '../../kinds/batch/cronjobs/schedule.ts';
import { offsetMs } from './zone.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Longer than any clock was ever set back or forth in one go. */
const CLOCK_CHANGE_MS = 3 * HOUR_MS;
const YEARS_MAX = 5;

function dayMatches(schedule: CalendarSchedule, day: number, weekday: number): boolean {
  const dayOfMonth = schedule.daysOfMonth.includes(day);
  const dayOfWeek = schedule.daysOfWeek.includes(weekday);
  return schedule.anyDayOfMonth || schedule.anyDayOfWeek ? dayOfMonth && dayOfWeek : dayOfMonth || dayOfWeek;
}

/** Closes in on a wall-clock time, from before it where clocks may change on the way. */
function approach(at: Instant, wall: Instant, offset: number): Instant {
  const minuteOfHour = Math.floor((((at + offset) % HOUR_MS) + HOUR_MS) % HOUR_MS);
  return Math.max(at - minuteOfHour + HOUR_MS, wall - offset - CLOCK_CHANGE_MS);
}

/**
 * The first minute after an instant whose wall-clock time matches: an hour that clocks skip has no run, one that they repeat has two.
 * Models SpecSchedule.Next of github.com/robfig/cron/v3.
 */
function nextInCalendar(schedule: CalendarSchedule, after: Instant, zone: string | undefined): Instant | undefined {
  let at = (Math.floor(after / MINUTE_MS) + 1) * MINUTE_MS;
  const yearMax = toCivil(at + offsetMs(zone, at)).year + YEARS_MAX;
  for (;;) {
    const offset = offsetMs(zone, at);
    const { year, month, day, weekday, hour, minute } = toCivil(at + offset);
    if (year > yearMax) return undefined;
    if (!schedule.months.includes(month)) {
      at = approach(at, month === 12 ? fromCivil(year + 1, 1, 1) : fromCivil(year, month + 1, 1), offset);
    } else if (!dayMatches(schedule, day, weekday)) {
      at = approach(at, fromCivil(year, month, day) + 24 * HOUR_MS, offset);
    } else if (!schedule.hours.includes(hour)) {
      at += HOUR_MS - minute * MINUTE_MS;
    } else {
      const due = schedule.minutes.find((each) => each >= minute);
      if (due === minute) return at;
      at += ((due ?? 60) - minute) * MINUTE_MS;
    }
  }
}

/** The first instant of a schedule after another one; undefined where there is none within five years. */
export function nextRun(schedule: Schedule, after: Instant, zone: string | undefined): Instant | undefined {
  if ('everyMs' in schedule) return Math.floor(after / 1000) * 1000 + schedule.everyMs;
  return nextInCalendar(schedule, after, zone);
}
