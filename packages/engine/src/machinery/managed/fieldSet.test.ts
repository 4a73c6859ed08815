import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canonical,
  compareElements,
  difference,
  EMPTY_SET,
  eachMember,
  equalSets,
  type FieldSet,
  intersection,
  isEmpty,
  isSubset,
  type MutableSet,
  recursiveDifference,
  union,
} from './fieldSet.ts';

/** Sets as plain lists of member paths: the model that the trees have to agree with. */
const pathsOf = (set: FieldSet): string[] => {
  const out: string[] = [];
  eachMember(set, (path) => out.push(path.join(' ')));
  return out.sort();
};

const fromPaths = (paths: string[][]): FieldSet => {
  let set: FieldSet = EMPTY_SET;
  for (const path of paths)
    set = union(
      set,
      path.reduceRight<FieldSet>((child, key) => ({ [key]: child }), {}),
    );
  return set;
};

const element = fc.constantFrom('f:a', 'f:b', 'f:__proto__', 'k:{"p":80}', 'k:{"p":9}', 'v:"x"');
const sets = fc.array(fc.array(element, { minLength: 1, maxLength: 3 }), { maxLength: 8 }).map(fromPaths);
const same = (a: FieldSet, b: FieldSet): void => expect(pathsOf(a)).toEqual(pathsOf(b));

/** No node without a member below it, and no `.` where a leaf would say the same. */
const isNormal = (node: FieldSet, isRoot = true): boolean =>
  (isRoot || Object.keys(node).join() !== '.') &&
  Object.entries(node).every(([key, child]) => (key === '.' ? !isRoot && isEmpty(child) : isNormal(child, false)));

describe('algebra of field sets', () => {
  const agrees = (run: (a: FieldSet, b: FieldSet) => void): void => fc.assert(fc.property(sets, sets, run), { numRuns: 150 });

  test('union, difference and intersection are those of the members', () =>
    agrees((a, b) => {
      const [pa, pb] = [pathsOf(a), pathsOf(b)];
      expect(pathsOf(union(a, b))).toEqual([...new Set([...pa, ...pb])].sort());
      expect(pathsOf(difference(a, b))).toEqual(pa.filter((p) => !pb.includes(p)));
      expect(pathsOf(intersection(a, b))).toEqual(pa.filter((p) => pb.includes(p)));
      expect(pathsOf(recursiveDifference(a, b))).toEqual(pa.filter((p) => !pb.some((q) => p === q || p.startsWith(`${q} `))));
    }));

  test('laws', () =>
    agrees((a, b) => {
      same(union(a, b), union(b, a));
      same(intersection(a, b), difference(a, difference(a, b)));
      same(union(difference(a, b), intersection(a, b)), a);
      expect(isEmpty(difference(a, a))).toBe(true);
      expect(isSubset(a, union(a, b))).toBe(true);
      expect(equalSets(canonical(union(a, b)), canonical(union(b, a)))).toBe(true);
    }));

  test('results are normal, ordered, and the operand itself where nothing changes', () =>
    agrees((a, b) => {
      for (const set of [union(a, b), difference(a, b), intersection(a, b), recursiveDifference(a, b)]) expect(isNormal(set)).toBe(true);
      const both = canonical(union(a, b));
      expect(union(both, canonical(a))).toBe(both);
      expect(difference(a, EMPTY_SET)).toBe(a);
      expect(canonical(both)).toBe(both);
      const ordered = (set: FieldSet): boolean => {
        const keys = Object.keys(set);
        return keys.every((key, i) => i === 0 || compareElements(keys[i - 1] as string, key) < 0) && Object.values(set).every(ordered);
      };
      expect(ordered(both)).toBe(true);
    }));

  test('operands stay as they are', () => {
    const a = fromPaths([['f:a', 'f:b'], ['f:c']]);
    const copy = structuredClone(a);
    const frozen = Object.freeze(a) as MutableSet;
    union(frozen, { 'f:a': {} });
    difference(frozen, { 'f:a': { 'f:b': {} } });
    expect(a).toEqual(copy);
  });
});

test.each([
  ['f:a', 'f:b'],
  ['f:z', 'k:{"a":1}'],
  ['k:{"name":"a"}', 'k:{"name":"b"}'],
  ['k:{"containerPort":80,"protocol":"TCP"}', 'k:{"containerPort":443,"protocol":"TCP"}'],
  ['k:{"containerPort":80,"protocol":"TCP"}', 'k:{"containerPort":80,"protocol":"UDP"}'],
  ['k:{"a":1}', 'v:"a"'],
  ['v:9', 'v:10'],
  ['.', 'f:a'],
])('%s comes before %s', (a, b) => {
  expect(compareElements(a, b)).toBeLessThan(0);
  expect(compareElements(b, a)).toBeGreaterThan(0);
});
