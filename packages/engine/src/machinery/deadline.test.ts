import { expect, it } from 'vitest';
import { world } from '../../testing/world.ts';
import { durationProblem } from './deadline.ts';

it.each([
  ['32s', undefined],
  ['1h2m3.5s', undefined],
  ['-1.5ms', undefined],
  ['0', undefined],
  ['abc', 'time: invalid duration "abc"'],
  ['.s', 'time: invalid duration ".s"'],
  ['5', 'time: missing unit in duration "5"'],
  ['1m5', 'time: missing unit in duration "1m5"'],
  ['5d', 'time: unknown unit "d" in duration "5d"'],
])('%s is a duration or not', (text, problem) => {
  expect(durationProblem(text)).toBe(problem);
});

it('a timeout that nobody understands is refused, except of streams', () => {
  const w = world({ workers: 0 });
  const ask = (url: string) => w.request('GET', url);
  const message = 'invalid timeout specified in the request URL - time: invalid duration "soon"';
  expect(ask('/api/v1/pods?timeout=soon')).toMatchObject({ code: 400, body: { reason: 'BadRequest', message } });
  expect(ask('/healthz?timeout=soon').code).toBe(400);
  expect(ask('/api/v1/pods?timeout=32s').code).toBe(200);
  expect(ask('/api/v1/namespaces/default/pods/p/log?timeout=soon').code).toBe(404);
});
