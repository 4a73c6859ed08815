import { describe, expect, test } from 'vitest';
import { humanDuration } from '../../machinery/age.ts';
import { aggregateText } from '../../machinery/field.ts';
import { semanticEqual } from './equal.ts';
import { parseCidr, parseIp } from './ip.ts';
import { validateLabelSelector } from './labels.ts';
import { validateResourceRequirements } from './resources.ts';
import { byteLength } from './text.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test.each([
  [-5 * SECOND, '<invalid>'],
  [-500, '0s'],
  [119 * SECOND, '119s'],
  [2 * MINUTE, '2m'],
  [9 * MINUTE + 59 * SECOND, '9m59s'],
  [10 * MINUTE, '10m'],
  [179 * MINUTE, '179m'],
  [3 * HOUR, '3h'],
  [7 * HOUR + 5 * MINUTE, '7h5m'],
  [47 * HOUR, '47h'],
  [3 * DAY + 4 * HOUR, '3d4h'],
  [8 * DAY, '8d'],
  [729 * DAY, '729d'],
  [730 * DAY, '2y'],
  [800 * DAY, '2y70d'],
  [9 * 365 * DAY, '9y'],
])('%i ms are %s', (durationMs, text) => {
  expect(humanDuration(durationMs)).toBe(text);
});

test.each([
  ['10.0.0.1', 4],
  ['010.0.0.1', 4],
  ['::1', 6],
  ['2001:db8::ffff', 6],
  ['::ffff:1.2.3.4', 6],
  ['10.300.1.1', undefined],
  ['1.2.3', undefined],
  ['::1::', undefined],
  ['1:2:3:4:5:6:7', undefined],
  ['', undefined],
])('%s is an address of family %s', (text, family) => {
  expect(parseIp(text)?.family).toBe(family);
});

test('a CIDR has a prefix that fits its family', () => {
  expect(parseCidr('10.0.0.0/8')?.prefixBits).toBe(8);
  expect(parseCidr('10.0.0.0/33')).toBeUndefined();
  expect(parseCidr('fd00::/64')?.family).toBe(6);
  expect(parseCidr('10.0.0.0')).toBeUndefined();
});

test('what is empty equals what is absent', () => {
  expect(semanticEqual({ a: [], b: {}, c: 1 }, { c: 1 })).toBe(true);
  expect(semanticEqual({ a: '' }, {})).toBe(false);
  expect(semanticEqual([1, 2], [2, 1])).toBe(false);
});

describe('label selectors', () => {
  test.each([
    [{ matchLabels: { a: 'b' }, matchExpressions: [{ key: 'c', operator: 'Exists' }] }, ''],
    [
      { matchExpressions: [{ key: 'a', operator: 'In' }] },
      "s.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
    ],
    [
      { matchExpressions: [{ key: 'a', operator: 'Exists', values: ['b'] }] },
      "s.matchExpressions[0].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
    ],
    [{ matchExpressions: [{ key: 'a', operator: 'Is' }] }, 's.matchExpressions[0].operator: Invalid value: "Is": not a valid selector operator'],
  ])('%j', (selector, expected) => {
    const errors = validateLabelSelector(selector, 's');
    expect(errors.length === 0 ? '' : aggregateText(errors)).toBe(expected);
  });
});

describe('resource requirements', () => {
  const check = (requirements: object, claims: string[] = []): string => {
    const errors = validateResourceRequirements(requirements, 'r', { claimNames: new Set(claims) });
    return errors.length === 0 ? '' : aggregateText(errors);
  };

  test.each([
    [{ requests: { cpu: '100m' }, limits: { cpu: '200m' } }, ''],
    [{ requests: { cpu: '5' }, limits: { cpu: '200m' } }, 'r.requests: Invalid value: "5": must be less than or equal to cpu limit of 200m'],
    [{ limits: { memory: '-1' } }, 'r.limits[memory]: Invalid value: "-1": must be greater than or equal to 0'],
    [
      { limits: { disks: '1' } },
      '[r.limits[disks]: Invalid value: "disks": must be a standard resource type or fully qualified, r.limits[disks]: Invalid value: "disks": must be a standard resource for containers]',
    ],
    [{ limits: { pods: '1' } }, 'r.limits[pods]: Invalid value: "pods": must be a standard resource for containers'],
    [{ limits: { 'nvidia.com/gpu': '1500m' } }, 'r.limits[nvidia.com/gpu]: Invalid value: "1500m": must be an integer'],
    [{ requests: { 'nvidia.com/gpu': '1' } }, 'r.limits: Required value: Limit must be set for non overcommitable resources'],
    [
      { requests: { 'nvidia.com/gpu': '1' }, limits: { 'nvidia.com/gpu': '2' } },
      'r.requests: Invalid value: "1": must be equal to nvidia.com/gpu limit of 2',
    ],
    [{ limits: { 'hugepages-2Mi': '4Mi' } }, 'r: Forbidden: HugePages require cpu or memory'],
    [
      { limits: { 'hugepages-2Mi': '3Mi', cpu: '1' } },
      'r.limits[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi',
    ],
  ])('%j', (requirements, expected) => {
    expect(check(requirements)).toBe(expected);
  });

  test('claims are named once and known to the pod', () => {
    expect(check({ claims: [{ name: 'a' }] }, ['a'])).toBe('');
    expect(check({ claims: [{ name: 'a' }, { name: 'a' }] }, ['a'])).toBe('r.claims[1]: Duplicate value: "a"');
    expect(check({ claims: [{ name: 'b' }] }, ['a'])).toBe('r.claims[0]: Not found: "b": must be one of the names in pod.spec.resourceClaims: a');
  });
});

test.each(['', 'plain', 'ü', '€', '𝄞', 'a€𝄞ü'])('%j has as many bytes as UTF-8 gives it', (text) => {
  expect(byteLength(text)).toBe(Buffer.byteLength(text));
});
