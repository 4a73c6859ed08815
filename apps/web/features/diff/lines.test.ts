import { describe, expect, it } from 'vitest';
import { countChanges, diffLines, hunksOf } from './lines.ts';

const show = (before: string, after: string) => diffLines(before, after).map((line) => ({ same: ' ', add: '+', del: '-' })[line.kind] + line.text);

describe('diffLines', () => {
  it.each([
    ['equal', 'a\nb\n', 'a\nb\n', [' a', ' b']],
    ['one line changed', 'a\nb\nc\n', 'a\nx\nc\n', [' a', '-b', '+x', ' c']],
    ['from nothing', '', 'a\nb\n', ['+a', '+b']],
    ['to nothing', 'a\n', '', ['-a']],
    ['moved', 'a\nb\nc\n', 'b\nc\na\n', ['-a', ' b', ' c', '+a']],
    ['Myers own example', 'a\nb\nc\na\nb\nb\na', 'c\nb\na\nb\na\nc', ['-a', '-b', ' c', '+b', ' a', ' b', '-b', ' a', '+c']],
  ])('%s', (_name, before, after, lines) => expect(show(before, after)).toEqual(lines));

  it('rebuilds both texts and numbers their lines', () => {
    const before = Array.from({ length: 60 }, (_, i) => `k${i % 7}: ${i % 5}`).join('\n');
    const after = Array.from({ length: 55 }, (_, i) => `k${i % 6}: ${i % 5}`).join('\n');
    const lines = diffLines(before, after);
    expect(
      lines
        .filter((line) => line.kind !== 'add')
        .map((line) => line.text)
        .join('\n'),
    ).toBe(before);
    expect(
      lines
        .filter((line) => line.kind !== 'del')
        .map((line) => line.text)
        .join('\n'),
    ).toBe(after);
    expect(lines.flatMap((line) => line.before ?? [])).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
    expect(lines.flatMap((line) => line.after ?? [])).toEqual(Array.from({ length: 55 }, (_, i) => i + 1));
  });
});

describe('hunksOf', () => {
  it('keeps some lines around each change and counts the rest', () => {
    const before = Array.from({ length: 20 }, (_, i) => `line ${i}`).join('\n');
    const lines = diffLines(before, before.replace('line 10', 'changed'));
    const { hunks, skippedAtEnd } = hunksOf(lines, 2);
    expect(hunks.map((hunk) => [hunk.skipped, hunk.lines.length])).toEqual([[8, 6]]);
    expect(skippedAtEnd).toBe(7);
    expect(countChanges(lines)).toEqual({ added: 1, removed: 1 });
  });
});
