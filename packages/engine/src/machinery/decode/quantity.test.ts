import { describe, expect, test } from 'vitest';
import {
  addQuantities,
  canonicalQuantity,
  canonicalResource,
  compareQuantities,
  formatQuantity,
  parseQuantity,
  quantityMilliValue,
  quantityValue,
} from './quantity.ts';

const WRONG = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

describe('canonical text', () => {
  test.each([
    ['0', '0'],
    ['0Gi', '0'],
    ['00100m', '100m'],
    ['0.5', '500m'],
    ['1000m', '1'],
    ['1500m', '1500m'],
    ['1.5', '1500m'],
    ['.5', '500m'],
    ['1000', '1k'],
    ['1024', '1024'],
    ['1024Mi', '1Gi'],
    ['1028Ki', '1028Ki'],
    ['1.5Gi', '1536Mi'],
    ['0.5Ki', '512'],
    ['1.5Ki', '1536'],
    ['0.5Mi', '512Ki'],
    ['0.1Ki', '102400m'],
    ['1e3', '1e3'],
    ['12e2', '1200'],
    ['1E6', '1e6'],
    ['1E', '1E'],
    ['123456789', '123456789'],
    ['-1', '-1'],
    ['-1024Mi', '-1Gi'],
    ['+5', '5'],
    ['5.', '5'],
    ['1n', '1n'],
    ['0.1n', '1n'],
    ['1000000000000000000000000Gi', '9223372036854775807'],
  ])('%s is %s', (text, canonical) => {
    expect(canonicalQuantity(text)).toBe(canonical);
    expect(canonicalQuantity(canonical)).toBe(canonical);
  });

  test.each([
    ['', WRONG],
    ['x', WRONG],
    ['1 Gi', WRONG],
    ['<b>', WRONG],
    ['1Zi', WRONG],
    ['1MM', "unable to parse quantity's suffix"],
    ['1Kii', "unable to parse quantity's suffix"],
    ['.', 'unable to parse numeric part of quantity'],
  ])('%j is refused', (text, message) => expect(() => parseQuantity(text)).toThrow(message));
});

test('resource lists round up to thousandths', () => {
  expect(canonicalResource('0.0001')).toBe('1m');
  expect(canonicalResource('1500u')).toBe('2m');
  expect(canonicalResource('64Mi')).toBe('64Mi');
});

test('figures', () => {
  expect(compareQuantities('1Gi', '1024Mi')).toBe(0);
  expect(compareQuantities('1', '1001m')).toBe(-1);
  expect(quantityValue('1500m')).toBe(2);
  expect(quantityMilliValue('0.1')).toBe(100);
  expect(formatQuantity(addQuantities(parseQuantity('512Mi'), parseQuantity('512Mi')))).toBe('1Gi');
});
