import { describe, expect, it } from 'vitest';
import { compileRegex } from './index.ts';

describe('patterns of RE2', () => {
  it.each([
    ['^[a-z]([-a-z0-9]*[a-z0-9])?$', ['a', 'my-name', 'a1'], ['-a', 'a-', 'A', '']],
    ['^\\d{2,3}$', ['12', '123'], ['1', '1234', '٣٣']],
    ['(?i)^abc$', ['ABC', 'aBc'], ['abd']],
    ['^(a|b)+?c?$', ['abab', 'abc'], ['cab']],
    ['[^\\s,]+', ['x'], [' ,']],
    ['^\\p{L}+$', ['äß', '한'], ['1']],
    ['^[[:alpha:]_]+\\z', ['a_b'], ['a1']],
    ['^(?P<year>\\d{4})-(?:0[1-9]|1[0-2])$', ['2026-12'], ['2026-13']],
    ['a.c', ['abc'], ['a\nc']],
    ['(?s)a.c', ['a\nc'], ['ac']],
    ['\\bfoo\\b', ['a foo b'], ['food']],
    ['^\\Qa.b\\E$', ['a.b'], ['axb']],
    ['^\\x41\\x{42}$', ['AB'], ['ab']],
    ['^[]a-]$', [']', 'a', '-'], ['b']],
    ['', ['', 'x'], []],
    ['x{,3}', ['x{,3}'], ['xxx']],
  ])('%s', (pattern, yes, no) => {
    const regex = compileRegex(pattern);
    expect(yes.filter((text) => !regex.test(text))).toEqual([]);
    expect(no.filter((text) => regex.test(text))).toEqual([]);
  });

  it.each([
    ['a+?', 'aaa', 'a'],
    ['a|ab', 'ab', 'a'],
    ['ab|a', 'ab', 'ab'],
    ['[0-9]+', 'abc 123', '123'],
    ['(?U)a+', 'aa', 'a'],
    ['z', 'a', undefined],
  ])('%s finds the leftmost, preferred match in %s', (pattern, text, expected) => {
    expect(compileRegex(pattern).find(text)).toBe(expected);
  });

  it('finds all, one after the other', () => {
    expect(compileRegex('[0-9]+').findAll('1 22 333', -1)).toEqual(['1', '22', '333']);
    expect(compileRegex('[0-9]+').findAll('1 22 333', 2)).toEqual(['1', '22']);
    expect(compileRegex('a*').findAll('baab', -1)).toEqual(['', 'aa', '']);
  });

  it.each([
    ['(', 'missing closing ): `(`'],
    [')', 'unexpected ): `)`'],
    ['[a', 'missing closing ]: `[a`'],
    ['*', 'missing argument to repetition operator: `*`'],
    ['a**', 'invalid nested repetition operator: `**`'],
    ['a{1001}', 'invalid repeat count: `{1001}`'],
    ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
    ['\\1', 'invalid escape sequence: `\\1`'],
    ['[b-a]', 'invalid character class range: `b-a`'],
  ])('refuses %s', (pattern, message) => {
    expect(() => compileRegex(pattern)).toThrow(`error parsing regexp: ${message}`);
  });

  it.each(['^(a+)+$', '^(a|a)*$', '^(a|aa)+$', '(x+x+)+y', '^(([a-z])+.)+[A-Z]([a-z])+$'])('is not slowed down by %s', (pattern) => {
    let steps = 0;
    compileRegex(pattern).test(`${'a'.repeat(2000)}!`, (more) => {
      steps += more;
    });
    expect(steps).toBeLessThan(10_000);
  });
});
