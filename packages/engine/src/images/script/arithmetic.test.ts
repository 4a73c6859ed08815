import { expect, test } from 'vitest';
import { arithmetic } from './arithmetic.ts';

const env = new Map([
  ['i', '4'],
  ['JOB_COMPLETION_INDEX', '3'],
  ['word', 'abc'],
]);

test.each([
  ['1+2', 3],
  [' $i + 1 ', 5],
  ['JOB_COMPLETION_INDEX*10+1', 31],
  ['1 + 2 * 3 - 4 / 3', 6],
  ['10 - 3 - 2', 5],
  [`(${'$'}{i} + 1) * 2 % 7`, 3],
  ['-i + 5', 1],
  ['-7 / 2', -3],
  ['i / none', 0],
  ['none', 0],
  ['word', 0],
  ['', 0],
  ['1 +', 0],
  ['1 ? 2', 0],
])('$((%s)) is %i', (text, value) => {
  expect(arithmetic(text, env)).toBe(value);
});
