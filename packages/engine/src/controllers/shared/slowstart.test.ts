import { expect, test } from 'vitest';
import { slowStart } from './slowstart.ts';

test.each([
  { count: 0, failFrom: 0, attempts: 0 },
  { count: 10, failFrom: 99, attempts: 10 },
  { count: 10, failFrom: 0, attempts: 1 },
  { count: 10, failFrom: 2, attempts: 3 },
  { count: 10, failFrom: 3, attempts: 7 },
])('$count writes of which those from number $failFrom fail: $attempts are tried', ({ count, failFrom, attempts }) => {
  let tried = 0;
  const failure = slowStart(count, () => (tried++ >= failFrom ? `failure ${tried}` : undefined));
  expect(tried).toBe(attempts);
  expect(failure).toBe(failFrom < attempts ? `failure ${failFrom + 1}` : undefined);
});
