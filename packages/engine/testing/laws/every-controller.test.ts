import { expect, test } from 'vitest';
import { decodeState, encodeState } from '../../src/core/delta.ts';
import { engine, indexer } from '../../src/engine.ts';
import type { Controller } from '../../src/machinery/controller.ts';
import { DEVICE_HABITS, DEVICE_PRELUDE } from '../habits-devices.ts';
import { PLATFORM_HABITS, PLATFORM_PRELUDE } from '../habits-platform.ts';
import { STORAGE_AND_NODE_HABITS, STORAGE_AND_NODE_PRELUDE } from '../habits-storage-nodes.ts';
import { bytesOf, type Cut, Dice, HABITS, jump, play, script } from '../simulate.ts';
import { EPOCH } from '../world.ts';

/** The laws in worlds that give every controller something to do. */
const SEEDS = Math.max(10, Math.floor(Number(process.env.SEEDS ?? 1000) / 100));
const HOUR_MS = 3_600_000;

const PRELUDE = [...STORAGE_AND_NODE_PRELUDE, ...PLATFORM_PRELUDE, ...DEVICE_PRELUDE].map((act) => ({ at: EPOCH, ...act }));
const acts = (seed: string) => [...PRELUDE, ...script(seed, 40, [...PLATFORM_HABITS, ...DEVICE_HABITS, ...STORAGE_AND_NODE_HABITS, ...HABITS])];

/** Counts the looks that came to a write, controller by controller. */
function counted(controllers: Iterable<Controller>): Map<string, number> {
  const writes = new Map<string, number>();
  for (const controller of controllers) {
    writes.set(controller.name, 0);
    const reconcile = controller.reconcile.bind(controller);
    controller.reconcile = (context) => {
      const before = context.view.revision;
      const due = reconcile(context);
      if (context.view.revision > before) writes.set(controller.name, (writes.get(controller.name) as number) + 1);
      return due;
    };
  }
  return writes;
}

test('time may be cut as one likes, with every controller at work and none of them failing', { timeout: 600_000 }, () => {
  const writes = counted(engine.controllers.values());
  for (let i = 0; i < SEEDS; i++) {
    const seed = `every-${i}`;
    const dice = new Dice(`${seed}/cuts`);
    const random: Cut = (world, until) => {
      while (world.now < until) {
        world.advance(Math.min(until - world.now, dice.pick([1, 400, 5000, 61_000, 500_000])));
        if (dice.number(8) === 0) world.state = decodeState(encodeState(world.state), indexer);
      }
      world.advance(0);
    };
    const whole = play(seed, acts(seed), jump, 2 * HOUR_MS, true);
    const cut = play(seed, acts(seed), random, 2 * HOUR_MS, true);
    expect(bytesOf(cut.state) === bytesOf(whole.state), seed).toBe(true);
    expect([...whole.state.runtime.entries('failure/')], seed).toEqual([]);
  }
  expect([...writes].filter(([, count]) => count === 0).map(([name]) => name)).toEqual([]);
});
