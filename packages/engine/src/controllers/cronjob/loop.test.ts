import { expect, test } from 'vitest';
import { parseSchedule, type Schedule } from '../../kinds/batch/cronjobs/schedule.ts';
import { periodMs } from './loop.ts';

const MINUTE_MS = 60_000;

test.each([
  ['* * * * *', undefined, 1],
  ['*/5 * * * *', undefined, 5],
  ['3-58/5 * * * *', undefined, 5],
  ['0,30 * * * *', 'Asia/Tokyo', 30],
  ['*/7 * * * *', undefined, undefined],
  ['0 * * * *', 'UTC', 60],
  ['0 * * * *', 'Europe/Berlin', undefined],
  ['0 */6 * * *', undefined, 360],
  ['0 9-17 * * *', undefined, undefined],
  ['0 3 * * *', undefined, 1440],
  ['0 3 * * 1', undefined, undefined],
  ['0 3 1 * *', undefined, undefined],
  ['@every 90s', undefined, undefined],
  ['@every 10m', undefined, 10],
  ['@daily', undefined, 1440],
])('%s in %s comes every %s minutes', (schedule, zone, minutes) => {
  expect(periodMs(parseSchedule(schedule) as Schedule, zone)).toBe(minutes === undefined ? undefined : minutes * MINUTE_MS);
});
