import { describe, expect, test } from 'vitest';
import { toRfc3339 } from '../../core/instant.ts';
import type { Pod } from '../shared/objects.ts';
import { delayMs, nextRecord, resumesAt } from './backoff.ts';

const T = 1_767_225_600_000;
const ended = (seconds: number): Pod =>
  ({ metadata: {}, status: { containerStatuses: [{ state: { terminated: { finishedAt: toRfc3339(T + seconds * 1000) } } }] } }) as unknown as Pod;

test.each([
  [0, 0],
  [1, 10_000],
  [2, 20_000],
  [6, 320_000],
  [7, 600_000],
  [1000, 600_000],
])('after %d failures the next pod waits %d ms', (failures, ms) => expect(delayMs(failures)).toBe(ms));

describe('what is remembered', () => {
  const known = { failures: 2, lastFailureAt: T };
  test.each([
    ['nothing new', [], [], known],
    ['two more failures', [], [ended(9), ended(5)], { failures: 4, lastFailureAt: T + 9000 }],
    ['a success', [ended(3)], [], { failures: 0 }],
    ['a failure after a success', [ended(3)], [ended(2), ended(4)], { failures: 1, lastFailureAt: T + 4000 }],
    ['a success after a failure', [ended(5)], [ended(4)], { failures: 0 }],
  ])('%s', (_name, succeeded, failed, record) => expect(nextRecord(known, succeeded, failed)).toEqual(record));
});

test('pods may be made again at the end of the back-off, exactly', () => {
  const record = { failures: 1, lastFailureAt: T };
  expect(resumesAt(record, T + 9999)).toBe(T + 10_000);
  expect(resumesAt(record, T + 10_000)).toBeUndefined();
});
