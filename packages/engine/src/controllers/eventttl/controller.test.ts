import { expect, test } from 'vitest';
import { bench } from '../../../testing/bench.ts';
import { toRfc3339 } from '../../core/instant.ts';
import { eventTtlController } from './controller.ts';

const HOUR_MS = 3_600_000;
const KEY = 'core/events/default/e';

test('an Event is forgotten an hour after its last occurrence, at the end of a minute', () => {
  const b = bench([eventTtlController]);
  const time = toRfc3339(b.now);
  const involvedObject = { kind: 'Pod', namespace: 'default', name: 'p' };
  b.create({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'e' },
    involvedObject,
    reason: 'R',
    type: 'Normal',
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1,
  });
  b.advance(HOUR_MS / 2);
  b.change(KEY, (event) => ({ ...event, count: 2, lastTimestamp: toRfc3339(b.now) }));
  b.advance(HOUR_MS + 59_999);
  expect(b.get(KEY)).toBeDefined();
  b.advance(1);
  expect(b.get(KEY)).toBeUndefined();
  expect(b.state.timers.first()).toBeUndefined();
});

test('however many share a lease, all of them go when it ends', () => {
  const b = bench([eventTtlController]);
  const involvedObject = { kind: 'Pod', namespace: 'default', name: 'p' };
  for (let i = 0; i < 1001; i++)
    b.create({ apiVersion: 'v1', kind: 'Event', metadata: { name: `e${i}` }, involvedObject, reason: 'R', type: 'Normal' });
  b.advance(HOUR_MS + 60_000);
  expect(b.list('core/events')).toHaveLength(0);
  expect(b.state.timers.first()).toBeUndefined();
});
