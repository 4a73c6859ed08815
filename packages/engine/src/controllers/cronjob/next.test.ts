import { describe, expect, test } from 'vitest';
import { parseRfc3339, toRfc3339 } from '../../core/instant.ts';
import { parseSchedule, type Schedule } from '../../kinds/batch/cronjobs/schedule.ts';
import { nextRun } from './next.ts';

function runs(schedule: string, after: string, count: number, zone?: string): (string | undefined)[] {
  const found: (string | undefined)[] = [];
  let at: number | undefined = parseRfc3339(after);
  for (let i = 0; i < count && at !== undefined; i++) {
    at = nextRun(parseSchedule(schedule) as Schedule, at, zone);
    found.push(at === undefined ? undefined : toRfc3339(at));
  }
  return found;
}

test.each([
  ['* * * * *', '2026-01-01T00:00:00Z', ['2026-01-01T00:01:00Z', '2026-01-01T00:02:00Z']],
  ['*/15 * * * *', '2026-01-01T00:46:10Z', ['2026-01-01T01:00:00Z', '2026-01-01T01:15:00Z']],
  ['0 0 29 2 *', '2026-01-01T00:00:00Z', ['2028-02-29T00:00:00Z']],
  ['30 6-16/4 * * 1-5', '2026-01-02T14:30:00Z', ['2026-01-05T06:30:00Z', '2026-01-05T10:30:00Z']],
  ['0 0 13 * 5', '2026-01-01T00:00:00Z', ['2026-01-02T00:00:00Z', '2026-01-09T00:00:00Z', '2026-01-13T00:00:00Z']],
  ['0 0 * * 0', '2026-01-01T00:00:00Z', ['2026-01-04T00:00:00Z']],
  ['@monthly', '2026-12-31T23:59:59Z', ['2027-01-01T00:00:00Z']],
  ['@every 90s', '2026-01-01T00:00:00Z', ['2026-01-01T00:01:30Z', '2026-01-01T00:03:00Z']],
  ['0 0 31 2 *', '2026-01-01T00:00:00Z', [undefined]],
])('%s after %s', (schedule, after, expected) => expect(runs(schedule, after, expected.length)).toEqual(expected));

describe('time zones', () => {
  test('are ahead or behind', () => {
    expect(runs('0 9 * * *', '2026-01-01T00:00:00Z', 1, 'Asia/Tokyo')).toEqual(['2026-01-02T00:00:00Z']);
    expect(runs('0 9 * * *', '2026-01-01T00:00:00Z', 1, 'America/New_York')).toEqual(['2026-01-01T14:00:00Z']);
    expect(runs('15 0 1 * *', '2026-01-15T00:00:00Z', 2, 'Asia/Kolkata')).toEqual(['2026-01-31T18:45:00Z', '2026-02-28T18:45:00Z']);
  });
  test('an hour that clocks skip has no run', () => {
    expect(runs('30 2 * * *', '2026-03-28T12:00:00Z', 1, 'Europe/Berlin')).toEqual(['2026-03-30T00:30:00Z']);
  });
  test('an hour that clocks repeat has two', () => {
    expect(runs('30 2 * * *', '2026-10-24T12:00:00Z', 3, 'Europe/Berlin')).toEqual([
      '2026-10-25T00:30:00Z',
      '2026-10-25T01:30:00Z',
      '2026-10-26T01:30:00Z',
    ]);
  });
  test('midnight stays midnight over a change of clocks', () => {
    expect(runs('0 0 * * *', '2026-03-28T12:00:00Z', 3, 'Europe/Berlin')).toEqual([
      '2026-03-28T23:00:00Z',
      '2026-03-29T22:00:00Z',
      '2026-03-30T22:00:00Z',
    ]);
  });
});
