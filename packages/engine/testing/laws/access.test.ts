import { expect, test } from 'vitest';
import { decodeState, encodeState } from '../../src/core/delta.ts';
import { indexer } from '../../src/engine.ts';
import { ACCESS_HABITS } from '../habits-access.ts';
import { bytesOf, type Cut, Dice, jump, play, script } from '../simulate.ts';

/** The laws where certificates are signed, addresses are kept and policies change what is written. */
const SEEDS = Math.max(5, Math.floor(Number(process.env.SEEDS ?? 1000) / 200));
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const seeds = Array.from({ length: SEEDS }, (_, i) => `access-${i}`);
const acts = (seed: string) => script(seed, 30, ACCESS_HABITS);

test.each(seeds)('however time is cut, the cluster is the same: %s', { timeout: 600_000 }, (seed) => {
  const dice = new Dice(`${seed}/cuts`);
  const random: Cut = (world, until) => {
    while (world.now < until) {
      world.advance(Math.min(until - world.now, dice.pick([400, 61_000, 500_000, 5_000_000])));
      if (dice.number(3) === 0) world.state = decodeState(encodeState(world.state), indexer);
    }
    world.advance(0);
  };
  const whole = play(seed, acts(seed), jump, 3 * 60 * MINUTE_MS);
  const cut = play(seed, acts(seed), random, 3 * 60 * MINUTE_MS);
  expect(bytesOf(cut.state) === bytesOf(whole.state)).toBe(true);
  expect([...whole.state.runtime.entries('failure/')]).toEqual([]);
});

test.each(seeds)('a cluster that has come to rest stays there: %s', { timeout: 600_000 }, (seed) => {
  const world = play(seed, acts(seed), jump, 30 * 60 * MINUTE_MS);
  const commits = world.deltas.length;
  world.advance(DAY_MS);
  expect(world.deltas.length - commits).toBe(0);
});
