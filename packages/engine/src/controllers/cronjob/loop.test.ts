import { expect, test } from 'vitest';
import { parseSchedule, type Schedule } from '../../kinds/batch/cronjobs/schedule.ts';
import { periodMs } from './loop.ts';

const HOUR_MS = 3_600_000;

test.each([
  ['* * * * *', 1],
  ['3-58/5 * * * *', 1],
  ['*/7 * * * *', 1],
  ['0,30 */6 * * *', 6],
  ['0 9-17 * * *', 24],
  ['0 3 * * *', 24],
  ['0 3 * * 1-5', 168],
  ['0 3 1 * *', undefined],
  ['0 3 * 2 *', undefined],
  ['@every 90s', undefined],
  ['@every 30m', 0.5],
  ['@daily', 24],
])('%s begins anew every %s hours', (schedule, hours) => {
  expect(periodMs(parseSchedule(schedule) as Schedule)).toBe(hours === undefined ? undefined : hours * HOUR_MS);
});
