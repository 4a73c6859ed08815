import { describe, expect, test } from 'vitest';
import { fromCivil, parseRfc3339, toCivil, toRfc3339, toRfc3339Micro } from './instant.ts';

describe('instants', () => {
  test.each([
    ['1970-01-01T00:00:00Z', 0],
    ['2000-02-29T23:59:59Z', 951_868_799_000],
    ['2026-11-23T07:00:00Z', 1_795_417_200_000],
    ['1969-12-31T23:59:59Z', -1000],
    ['9999-12-31T23:59:59Z', 253_402_300_799_000],
  ])('%s', (text, at) => {
    expect(toRfc3339(at)).toBe(text);
    expect(parseRfc3339(text)).toBe(at);
  });

  test.each(['2026-02-29T00:00:00Z', '2026-04-31T00:00:00Z', '2026-13-01T00:00:00Z', '2026-01-01T24:00:00Z', '2026-01-01', '2026-1-1T0:0:0Z', ''])(
    '%s is no instant',
    (text) => expect(parseRfc3339(text)).toBeUndefined(),
  );

  test('fractions and zones', () => {
    expect(parseRfc3339('2026-01-01T09:00:00.250+09:00')).toBe(fromCivil(2026, 1, 1) + 250);
    expect(toRfc3339Micro(fromCivil(2026, 1, 1) + 7)).toBe('2026-01-01T00:00:00.007000Z');
  });

  test('the calendar and back for every day of a cycle of 400 years', () => {
    for (let day = 0; day < 146_097; day += 13) {
      const at = day * 86_400_000 + 3_723_004;
      const c = toCivil(at);
      expect(fromCivil(c.year, c.month, c.day, c.hour, c.minute, c.second, c.millisecond)).toBe(at);
    }
    expect(toCivil(fromCivil(2026, 11, 23)).weekday).toBe(1);
  });
});
