import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Tree } from './tree.ts';

const keys = fc.stringMatching(/^[ab]{1,3}\/[a-d]{0,4}$/);
const steps = fc.array(fc.record({ key: keys, value: fc.option(fc.nat()), batch: fc.nat(3) }), { maxLength: 400 });

describe('the persistent tree', () => {
  test('is a sorted map, and every earlier version stays what it was', () => {
    fc.assert(
      fc.property(steps, (script) => {
        let tree = Tree.empty<number>();
        const model = new Map<string, number>();
        const kept: { tree: Tree<number>; entries: [string, number][] }[] = [];
        let owner = {};
        for (const { key, value, batch } of script) {
          if (batch === 0) {
            kept.push({ tree, entries: [...tree.entries()] });
            owner = {};
          }
          tree = value === null ? tree.delete(key, owner) : tree.set(key, value, owner);
          if (value === null) model.delete(key);
          else model.set(key, value);
        }
        const sorted = [...model].sort(([a], [b]) => (a < b ? -1 : 1));
        expect([...tree.entries()]).toEqual(sorted);
        expect(tree.size).toBe(model.size);
        for (const prefix of ['a', 'ab/', 'b', 'bbb/d', 'zz']) {
          const wanted = sorted.filter(([key]) => key.startsWith(prefix));
          expect([...tree.entries(prefix)]).toEqual(wanted);
          expect(tree.within(prefix)).toEqual(wanted.map(([, value]) => value));
          expect(tree.first(prefix)).toEqual(wanted[0]);
        }
        for (const { tree: old, entries } of kept) expect([...old.entries()]).toEqual(entries);
      }),
      { numRuns: 200 },
    );
  });

  test('stays shallow and complete with many keys, added in any order and taken out again', () => {
    const names = Array.from({ length: 20_000 }, (_, i) => `k${String((i * 7919) % 20_000).padStart(5, '0')}`);
    let tree = Tree.from(names.map((name, i) => [name, i] as const));
    expect(tree.size).toBe(20_000);
    expect(tree.first()?.[0]).toBe('k00000');
    expect([...tree.entries('', 'k19998')].map(([key]) => key)).toEqual(['k19998', 'k19999']);
    const owner = {};
    for (const name of names.slice(0, 19_990)) tree = tree.delete(name, owner);
    expect([...tree.keys()]).toEqual(names.slice(19_990).sort());
  });
});
