import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../core/object.ts';
import { ApiError } from '../status.ts';
import {
  EVERYTHING,
  formatSelector,
  labelSelectorText,
  NOTHING,
  parseFieldSelector,
  parseLabelSelector,
  requiredField,
  requiredValue,
  selectorFor,
  selectorForSet,
  showLabelSelector,
} from './index.ts';

const refusal = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof ApiError) return `${error.status.code} ${error.status.message}`;
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
};

describe('text of a label selector', () => {
  const labels = { app: 'web', tier: 'front', 'example.com/size': '10' };
  test.each([
    ['', true],
    ['app', true],
    ['!app', false],
    ['!missing', true],
    ['app=web', true],
    ['app==web,tier=front', true],
    ['app=web,tier=front,example.com/size=10', true],
    ['app=db', false],
    ['app!=db', true],
    ['missing!=db', true],
    ['app in (web, db)', true],
    ['app in (db)', false],
    ['app notin (db,cache)', true],
    ['missing notin (db,cache)', true],
    ['example.com/size>9', true],
    ['example.com/size<10', false],
    ['app>1', false],
    ['missing=', false],
    ['constructor', false],
    ['!constructor', true],
    ['__proto__ notin (a)', undefined],
    ['in in (in)', false],
  ])('%s', (text, expected) => {
    if (expected === undefined) expect(refusal(() => parseLabelSelector(text))).toContain('name part must consist of');
    else expect(parseLabelSelector(text).matches(labels)).toBe(expected);
  });

  test.each([
    ['z,a in (b, a),!c, d != e', 'a in (a,b),!c,d!=e,z'],
    ['x in (foo,,baz)', 'x in (,baz,foo)'],
    ['x in ()', 'x in ()'],
    ['x in (,)', 'x in ()'],
    ['x=,y', 'x=,y'],
    ['n>1,m<2', 'm<2,n>1'],
  ])('prints %s in order', (text, printed) => expect(formatSelector(parseLabelSelector(text))).toBe(printed));

  test.each([
    ['a b', "400 unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    ['a,', "400 found '', expected: identifier after ','"],
    ['=a', "400 found '=', expected: !, identifier, or 'end of string'"],
    ['!a=b', "400 found '=', expected: ',' or 'end of string'"],
    ['a=b c', "400 found 'c', expected: ',' or 'end of string'"],
    ['a in b', "400 unable to parse requirement: found 'b' expected: '('"],
    ['a in (b', "400 unable to parse requirement: found '', expected: ',' or ')'"],
    ['a in (=', "400 unable to parse requirement: found '=', expected: ',', ')' or identifier"],
    ['a==(', "400 unable to parse requirement: found '(', expected: identifier"],
    ['a>b', `400 unable to parse requirement: values[0]: Invalid value: "b": for 'Gt', 'Lt' operators, the value must be an integer`],
  ])('refuses %s', (text, message) => expect(refusal(() => parseLabelSelector(text))).toBe(message));

  test('refuses keys and values that are no labels', () => {
    expect(refusal(() => parseLabelSelector('-a=b'))).toMatch(
      /^400 unable to parse requirement: <nil>: Invalid value: "-a": name part must consist of/,
    );
    expect(refusal(() => parseLabelSelector('a=-b'))).toMatch(
      /^400 unable to parse requirement: values\[0\]\[a\]: Invalid value: "-b": a valid label must be/,
    );
  });

  test('knows the value it requires', () => {
    expect(requiredValue(parseLabelSelector('a=1,b in (2),c!=3,d in (4,5)'), 'a')).toBe('1');
    expect(requiredValue(parseLabelSelector('b in (2)'), 'b')).toBe('2');
    expect(requiredValue(parseLabelSelector('c!=3'), 'c')).toBeUndefined();
    expect(requiredValue(parseLabelSelector('d in (4,5)'), 'd')).toBeUndefined();
  });
});

describe('LabelSelector', () => {
  test('absent selects nothing, empty everything', () => {
    expect(selectorFor(undefined)).toBe(NOTHING);
    expect(selectorFor({})).toBe(EVERYTHING);
    expect(selectorForSet(undefined)).toBe(EVERYTHING);
  });

  test('labels and expressions all have to hold', () => {
    const object = {
      matchLabels: { app: 'web' },
      matchExpressions: [
        { key: 'env', operator: 'In', values: ['prod', 'dev'] },
        { key: 'canary', operator: 'DoesNotExist' },
        { key: 'tier', operator: 'Exists' },
        { key: 'zone', operator: 'NotIn', values: ['a'] },
      ],
    };
    const { matches } = selectorFor(object);
    expect(matches({ app: 'web', env: 'dev', tier: '' })).toBe(true);
    expect(matches({ app: 'web', env: 'dev', tier: '', zone: 'a' })).toBe(false);
    expect(matches({ app: 'web', env: 'dev', tier: '', canary: 'x' })).toBe(false);
    expect(matches(undefined)).toBe(false);
    expect(labelSelectorText(object)).toBe('app=web,!canary,env in (dev,prod),tier,zone notin (a)');
    expect(selectorFor(object)).toBe(selectorFor(object));
  });

  test('shows what cannot be shown', () => {
    expect(showLabelSelector({})).toBe('<none>');
    expect(showLabelSelector({ matchExpressions: [{ key: 'a', operator: 'Gt', values: ['1'] }] })).toBe('<error>');
    expect(refusal(() => selectorFor({ matchExpressions: [{ key: 'a', operator: 'Gt' }] }))).toBe('"Gt" is not a valid label selector operator');
    expect(refusal(() => selectorFor({ matchExpressions: [{ key: 'a', operator: 'In' }] }))).toBe(
      `values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty`,
    );
  });
});

describe('field selector', () => {
  const kind = { fieldSelectors: { 'status.phase': (o: KubeObject) => o.status?.phase ?? '' } };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a,b', namespace: 'ns' }, status: { phase: 'Running' } };
  test.each([
    ['', true],
    [',', true],
    ['metadata.namespace=ns', true],
    ['metadata.namespace==ns,status.phase!=Failed', true],
    ['status.phase!=Running', false],
    ['metadata.name=a\\,b', true],
    ['metadata.name=a', false],
  ])('%s', (text, expected) => expect(parseFieldSelector(text, kind).matches(pod)).toBe(expected));

  test.each([
    ['foo', "400 invalid selector: 'foo'; can't understand 'foo'"],
    ['foo=bar', '400 field label not supported: foo'],
    ['constructor=bar', '400 field label not supported: constructor'],
    ['metadata.name=a\\b', '400 invalid field selector: invalid escape sequence: \\b'],
    ['metadata.name=a=b', '400 invalid field selector: unescaped character in value: 61'],
  ])('refuses %s', (text, message) => expect(refusal(() => parseFieldSelector(text, kind))).toBe(message));

  test('kinds without fields of their own know two', () => {
    expect(refusal(() => parseFieldSelector('spec.x=1', {}))).toBe(
      '400 "spec.x" is not a known field selector: only "metadata.name", "metadata.namespace"',
    );
    expect(requiredField(parseFieldSelector('metadata.name=x,metadata.namespace!=y', {}), 'metadata.name')).toBe('x');
    expect(requiredField(parseFieldSelector('metadata.name!=x', {}), 'metadata.name')).toBeUndefined();
  });
});
