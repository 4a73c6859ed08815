import { describe, expect, test } from 'vitest';
import { applyDelta, decodeDelta, decodeState, encodeDelta, encodeState } from '../../src/core/delta.ts';
import type { ClusterState } from '../../src/core/state.ts';
import { engine, indexer } from '../../src/engine.ts';
import { Query } from '../../src/machinery/request.ts';
import { step } from '../../src/step.ts';
import { bytesOf, type Cut, Dice, everySecond, jump, play, script } from '../simulate.ts';
import { ADMIN, EPOCH, World } from '../world.ts';

/** `npm run sim -- --seeds 20000` for a long night; `npm run sim` is the thousand that every release has to pass. */
const SEEDS = Number(process.env.SEEDS ?? 120);
const HOUR_MS = 3_600_000;

/** One seed alone, as a failure names it. */
const ONLY = process.env.SEED;

/** Seeds in bundles, so that a failure names a few and the report stays short. */
function* seeds(law: string, share = 1): Generator<string> {
  if (ONLY !== undefined) {
    if (ONLY.startsWith(`${law}-`)) yield ONLY;
    return;
  }
  const count = Math.max(1, Math.floor(SEEDS * share));
  for (let i = 0; i < count; i++) yield `${law}-${i}`;
}

function forEachSeed(law: string, share: number, check: (seed: string) => void): void {
  for (const seed of seeds(law, share)) {
    try {
      check(seed);
    } catch (error) {
      throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
}

const reload = (state: ClusterState): ClusterState => decodeState(encodeState(state), indexer);

describe('laws under seeded chance', { timeout: 600_000 }, () => {
  test('tick splitting: however time is cut, and with the store between any two ticks, the cluster is the same', () => {
    forEachSeed('split', 1, (seed) => {
      const acts = script(seed);
      const restMs = 20 * 60_000;
      const whole = play(seed, acts, jump, restMs);
      const dice = new Dice(`${seed}/cuts`);
      const random: Cut = (world, until) => {
        while (world.now < until) {
          world.advance(Math.min(until - world.now, dice.pick([1, 400, 5000, 61_000, 500_000])));
          if (dice.number(3) === 0) world.state = reload(world.state);
        }
        world.advance(0);
      };
      const cut = play(seed, acts, random, restMs);
      if (bytesOf(cut.state) !== bytesOf(whole.state)) throw new Error(firstDifference(bytesOf(whole.state), bytesOf(cut.state)));
    });
  });

  test('tick splitting in ticks of one second, and jumps of an hour and of 30 days', () => {
    forEachSeed('seconds', 0.02, (seed) => {
      const acts = script(seed, 6);
      const seconds = play(seed, acts, everySecond, HOUR_MS);
      const hour = play(seed, acts, jump, HOUR_MS);
      if (bytesOf(seconds.state) !== bytesOf(hour.state)) throw new Error(firstDifference(bytesOf(hour.state), bytesOf(seconds.state)));
      const days = 30 * 24 * HOUR_MS;
      hour.advance(days);
      for (let i = 0; i < 30 * 24; i++) seconds.advance(HOUR_MS);
      if (bytesOf(seconds.state) !== bytesOf(hour.state)) throw new Error(firstDifference(bytesOf(hour.state), bytesOf(seconds.state)));
    });
  });

  test('replay: folding the committed deltas gives the state, and revisions have no gaps', () => {
    forEachSeed('replay', 0.3, (seed) => {
      const start = new World({ seed, workers: 2, timing: 'realistic' }).state;
      const world = new World({ seed, workers: 2, timing: 'realistic' });
      for (const act of script(seed)) {
        world.advance(act.at - world.now);
        world.request(act.method, act.url, act.body, act.contentType ? { contentType: act.contentType } : {});
      }
      world.advance(60_000);
      let folded = start;
      for (const delta of world.deltas) folded = applyDelta(folded, decodeDelta(encodeDelta(delta)), indexer);
      expect(bytesOf(folded) === bytesOf(world.state)).toBe(true);
      expect([...folded.index.keys()]).toEqual([...world.state.index.keys()]);
      const revisions = world.events.map((event) => event.revision);
      expect(revisions).toEqual(revisions.map((_, i) => start.revision + 1 + i));
    });
  });

  test('purity: a step changes nothing it was given, and gives the same bytes again', () => {
    forEachSeed('purity', 0.2, (seed) => {
      const world = play(seed, script(seed, 6), jump, 500);
      const before = bytesOf(world.state);
      const [act] = script(`${seed}/next`, 1);
      const [path, query] = (act?.url ?? '').split('?') as [string, string | undefined];
      const request = {
        method: act?.method ?? 'GET',
        path,
        query: new Query(query ?? ''),
        accept: 'application/json',
        contentType: act?.contentType ?? 'application/json',
        userAgent: 'law/1',
        body: new TextEncoder().encode(act?.body ? JSON.stringify(act.body) : ''),
        user: ADMIN,
      };
      const input = { at: world.now + 5000, request };
      const first = step(engine, world.state, input);
      const second = step(engine, world.state, input);
      const cold = step(engine, reload(world.state), input);
      expect(bytesOf(world.state) === before).toBe(true);
      expect(bytesOf(second.state) === bytesOf(first.state)).toBe(true);
      expect(bytesOf(cold.state) === bytesOf(first.state)).toBe(true);
      expect(JSON.stringify(second.response)).toBe(JSON.stringify(first.response));
    });
  });

  test('quiescence: a cluster that has come to rest stays there without a write', () => {
    forEachSeed('rest', 0.05, (seed) => {
      const world = play(
        seed,
        script(seed, 6).filter((act) => !/1\.161|CronJob/.test(JSON.stringify(act.body ?? ''))),
        jump,
        6 * HOUR_MS,
      );
      const before = bytesOf(world.state);
      const commits = world.deltas.length;
      world.advance(24 * HOUR_MS);
      expect(world.deltas.length - commits).toBe(0);
      expect(bytesOf(world.state) === before).toBe(true);
    });
  });

  test('watch: the first list and what a watch then says make the last list, whatever the selector', () => {
    const queries = [
      '',
      'labelSelector=tier%3Dfront',
      'labelSelector=app+in+(web,db)',
      'fieldSelector=status.phase%3DRunning',
      'fieldSelector=spec.nodeName!%3Dvivakube-worker',
    ];
    forEachSeed('watch', 0.2, (seed) => {
      const world = new World({ seed, workers: 2, timing: 'realistic', at: EPOCH });
      const acts = script(seed);
      const middle = acts.length >> 1;
      const run = (from: number, to: number): void => {
        for (const act of acts.slice(from, to)) {
          world.advance(act.at - world.now);
          world.request(act.method, act.url, act.body, act.contentType ? { contentType: act.contentType } : {});
        }
      };
      run(0, middle);
      const seen = world.events.length;
      const watched = queries.map((query) => {
        const stream = world.respond('GET', `/api/v1/namespaces/default/pods?watch=true&${query}`);
        if (stream.type !== 'watch') throw new Error('no watch');
        return { query, stream };
      });
      run(middle, acts.length);
      world.advance(60_000);
      for (const { query, stream } of watched) {
        const lines = [...stream.initial, ...world.events.slice(seen).map((event) => stream.encode(event, world.now) ?? '')].join('');
        const items = world.request('GET', `/api/v1/namespaces/default/pods?${query}`).body.items;
        expect(fold(lines)).toEqual(new Map(items.map((item: { metadata: Meta }) => [item.metadata.name, item.metadata.resourceVersion])));
      }
    });
  });
});

interface Meta {
  name: string;
  resourceVersion: string;
}

function fold(lines: string): Map<string, string> {
  const objects = new Map<string, string>();
  for (const line of lines.split('\n').filter(Boolean)) {
    const { type, object } = JSON.parse(line) as { type: string; object: { metadata: Meta } };
    const { name, resourceVersion } = object.metadata;
    if (type === 'DELETED') expect(objects.delete(name)).toBe(true);
    else {
      expect(objects.has(name)).toBe(type === 'MODIFIED');
      objects.set(name, resourceVersion);
    }
  }
  return new Map([...objects].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function firstDifference(a: string, b: string): string {
  const left = a.split('\n');
  const right = b.split('\n');
  const at = left.findIndex((line, i) => line !== right[i]);
  return `states differ at line ${at}:\n${left[at]?.slice(0, 1500)}\n${right[at]?.slice(0, 1500)}`;
}
