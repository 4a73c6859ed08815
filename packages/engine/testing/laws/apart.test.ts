import { expect, test } from 'vitest';
import { cronJob } from '../busy-cluster.ts';
import { fleet } from '../fleet.ts';
import { bytesOf } from '../simulate.ts';
import { EPOCH, type World, world } from '../world.ts';

const HOUR_MS = 3_600_000;

const container = (command: string) => ({ name: 'c', image: 'busybox:1.36', command: ['sh', '-c', command] });
const pod = (name: string, command: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { containers: [container(command)] } });

function mixed(seed: string): World {
  const w = world({ timing: 'realistic', seed, at: EPOCH + 4321 });
  const forbid = cronJob('forbid', '*/10 * * * *', 'sleep 700');
  Object.assign(forbid.spec, { concurrencyPolicy: 'Forbid' });
  for (const made of [cronJob('fast', '*/15 * * * *', 'date'), forbid, cronJob('slow', '20 */4 * * *', 'sleep 40'), cronJob('rare', '40 13 * * *')])
    w.apply(made);
  for (const made of [pod('short', 'sleep 30; exit 3'), pod('long', 'sleep 900')]) w.apply(made);
  return w;
}

/** In one go, and in steps too short to leave anything out. */
function compare(make: () => World, hours: number): { played: number; inOneGo: number } {
  const whole = make();
  const cut = make();
  const before = whole.events.length;
  whole.advance(hours * HOUR_MS);
  for (let i = 0; i < hours; i++) cut.advance(HOUR_MS);
  const [left, right] = [bytesOf(cut.state).split('\n'), bytesOf(whole.state).split('\n')];
  expect(right.find((line, i) => line !== left[i])).toBe(undefined);
  expect(right.length).toBe(left.length);
  return { played: cut.events.length - before, inOneGo: whole.events.length - before };
}

test.each(['a', 'b', 'c'])('rounds of some are left out while others go on: %s', { timeout: 60_000 }, (seed) => {
  const { played, inOneGo } = compare(() => mixed(seed), 30);
  expect(inOneGo).toBeLessThan(played * 0.8);
});

test('also in a random cluster some of whose nodes failed', { timeout: 60_000 }, () => {
  const { played, inOneGo } = compare(() => fleet('c', 60, 5), 14);
  expect(inOneGo).toBeLessThan(played);
});
