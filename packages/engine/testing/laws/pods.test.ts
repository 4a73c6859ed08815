import { expect, test } from 'vitest';
import { decodeState, encodeState } from '../../src/core/delta.ts';
import { indexer } from '../../src/engine.ts';
import { POD_HABITS } from '../habits-pods.ts';
import { bytesOf, type Cut, Dice, jump, play, script } from '../simulate.ts';

/** The laws where hooks, rules, resizes, pressure and volumes meet in a few pods. */
const SEEDS = Math.max(5, Math.floor(Number(process.env.SEEDS ?? 1000) / 100));
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const each = (check: (seed: string) => void): void => {
  for (let i = 0; i < SEEDS; i++) {
    const seed = `pods-${i}`;
    try {
      check(seed);
    } catch (error) {
      throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
};

test('however time is cut, and with the store between any two ticks, the pods are the same', { timeout: 600_000 }, () => {
  each((seed) => {
    const dice = new Dice(`${seed}/cuts`);
    const random: Cut = (world, until) => {
      while (world.now < until) {
        world.advance(Math.min(until - world.now, dice.pick([1, 400, 5000, 61_000, 500_000])));
        if (dice.number(3) === 0) world.state = decodeState(encodeState(world.state), indexer);
      }
      world.advance(0);
    };
    const acts = script(seed, 24, POD_HABITS);
    const whole = play(seed, acts, jump, 20 * MINUTE_MS);
    const cut = play(seed, acts, random, 20 * MINUTE_MS);
    expect(bytesOf(cut.state) === bytesOf(whole.state)).toBe(true);
    expect([...whole.state.runtime.entries('failure/')]).toEqual([]);
  });
});

test('pods that go leave nothing behind', { timeout: 600_000 }, () => {
  each((seed) => {
    const world = play(seed, script(seed, 24, POD_HABITS), jump, MINUTE_MS);
    for (const { metadata } of world.objects('core/pods', 'default')) world.request('DELETE', `/api/v1/namespaces/default/pods/${metadata.name}`);
    world.request('DELETE', '/api/v1/namespaces/default/configmaps/settings');
    world.advance(2 * HOUR_MS);
    expect(world.objects('core/pods', 'default')).toEqual([]);
    const left = ['kubelet/', 'kubelet-await/', 'contents/', 'disk/', 'pressure/', 'ip/'].flatMap((prefix) => [...world.state.runtime.keys(prefix)]);
    expect(left).toEqual([]);
  });
});
