import { describe, expect, test } from 'vitest';
import { countOf, firstFree, includes, merge, overlap, parseIntervals, textOf, withIndexes } from './intervals.ts';

test.each([
  ['', ''],
  ['0', '0'],
  ['0,1', '0,1'],
  ['0-2', '0-2'],
  ['0,1,2,5-7,8', '0-2,5-8'],
  ['x,3', '3'],
  ['3-20', '3-9'],
  ['4,12', '4'],
])('%s of 10 reads as %s', (text, shown) => expect(textOf(parseIntervals(text, 10))).toBe(shown));

test.each([
  ['0-2', [3], '0-3'],
  ['0-2', [4, 1, 6], '0-2,4,6'],
  ['', [5, 4], '4,5'],
])('%s with %j', (text, indexes, shown) => expect(textOf(withIndexes(parseIntervals(text, 10), indexes))).toBe(shown));

describe('questions', () => {
  const a = parseIntervals('0-2,5', 10);
  test('count and membership', () => {
    expect(countOf(a)).toBe(4);
    expect([2, 3, 5].map((index) => includes(a, index))).toEqual([true, false, true]);
  });
  test('overlap', () => expect(overlap(a, parseIntervals('1-5', 10))).toBe(3));
  test('merge', () => expect(textOf(merge(a, parseIntervals('3,4', 10)))).toBe('0-5'));
});

test.each([
  ['', 2, 10, [0, 1]],
  ['0-2,5', 3, 10, [3, 4, 6]],
  ['0-8', 5, 10, [9]],
  ['0-9', 5, 10, []],
  ['1', 9, 3, [0, 2]],
])('free beside %s', (text, count, completions, free) => expect(firstFree(parseIntervals(text, completions), count, completions)).toEqual(free));
