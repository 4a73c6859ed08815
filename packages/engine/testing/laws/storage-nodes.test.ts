import { expect, test } from 'vitest';
import { decodeState, encodeState } from '../../src/core/delta.ts';
import { indexer } from '../../src/engine.ts';
import { STORAGE_AND_NODE_HABITS, STORAGE_AND_NODE_PRELUDE } from '../habits-storage-nodes.ts';
import { bytesOf, type Cut, Dice, jump, play, script } from '../simulate.ts';
import { EPOCH } from '../world.ts';

/** The laws where volumes, priorities, faults and pools meet: habits that a script of everything mixes too thinly. */
const SEEDS = Math.max(5, Math.floor(Number(process.env.SEEDS ?? 1000) / 200));
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const each = (check: (seed: string) => void): void => {
  for (let i = 0; i < SEEDS; i++) {
    const seed = `storage-nodes-${i}`;
    try {
      check(seed);
    } catch (error) {
      throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
};

const acts = (seed: string) => [...STORAGE_AND_NODE_PRELUDE.map((act) => ({ at: EPOCH, ...act })), ...script(seed, 24, STORAGE_AND_NODE_HABITS)];

test('however time is cut, and with the store between any two ticks, the cluster is the same', { timeout: 600_000 }, () => {
  each((seed) => {
    const dice = new Dice(`${seed}/cuts`);
    const random: Cut = (world, until) => {
      while (world.now < until) {
        world.advance(Math.min(until - world.now, dice.pick([1, 400, 5000, 61_000, 500_000])));
        if (dice.number(3) === 0) world.state = decodeState(encodeState(world.state), indexer);
      }
      world.advance(0);
    };
    const whole = play(seed, acts(seed), jump, 20 * MINUTE_MS);
    const cut = play(seed, acts(seed), random, 20 * MINUTE_MS);
    expect(bytesOf(cut.state) === bytesOf(whole.state)).toBe(true);
    expect([...whole.state.runtime.entries('failure/')]).toEqual([]);
  });
});

test('a cluster that has come to rest stays there', { timeout: 600_000 }, () => {
  each((seed) => {
    const world = play(seed, acts(seed), jump, 6 * 60 * MINUTE_MS);
    const commits = world.deltas.length;
    world.advance(DAY_MS);
    expect(world.deltas.length - commits).toBe(0);
  });
});
