import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { format } from './format.ts';
import { ko } from './ko.ts';
import { negotiate } from './messages.ts';

const fieldsOf = (message: string) => [...new Set([...message.matchAll(/\{(\w+)/g)].map((match) => match[1]))].sort();

describe('messages', () => {
  it('has the same keys in both languages, none of them empty', () => {
    expect(Object.keys(ko).sort()).toEqual(Object.keys(en).sort());
    for (const [key, text] of Object.entries({ ...en, ...ko })) expect(text.trim(), key).not.toBe('');
  });
  it('fills the same fields in both languages', () => {
    for (const key of Object.keys(en) as (keyof typeof en)[]) expect(fieldsOf(ko[key]), key).toEqual(fieldsOf(en[key]));
  });
  it('is Korean in Korean, but for names', () => {
    const names = new Set(['editor.dryRun', 'tab.yaml', 'tab.pods', 'nodes.pods', 'nav.nodes', 'ns.short']);
    const english = (Object.keys(ko) as (keyof typeof en)[]).filter((key) => !/[가-힣]/.test(ko[key]) && !names.has(key));
    expect(english).toEqual([]);
  });
});

describe('format', () => {
  it.each([
    ['{count} {count|pod|pods}', { count: 1 }, '1 pod'],
    ['{count} {count|pod|pods}', { count: 2 }, '2 pods'],
    ['kept {x} {y}', { x: 1 }, 'kept 1 {y}'],
    ['{name~을/를} 삭제', { name: 'web' }, 'web을 삭제'],
    ['{name~을/를} 삭제', { name: 'api' }, 'api를 삭제'],
    ['{n~으로/로} 롤백', { n: 1 }, '1로 롤백'],
    ['{n~으로/로} 롤백', { n: 2 }, '2로 롤백'],
    ['{n~으로/로} 롤백', { n: 3 }, '3으로 롤백'],
    ['{n~으로/로} 롤백', { n: 10 }, '10으로 롤백'],
    ['{k~이/가} 없습니다', { k: 'Pods' }, 'Pods가 없습니다'],
    ['{k~이/가} 없습니다', { k: '설정' }, '설정이 없습니다'],
  ])('%s', (message, vars, text) => expect(format(message, vars as never)).toBe(text));
});

describe('negotiate', () => {
  it.each([
    [null, 'en'],
    ['ko-KR,ko;q=0.9,en;q=0.8', 'ko'],
    ['en-US,en;q=0.9,ko;q=0.8', 'en'],
    ['fr,ko;q=0.3,en;q=0.2', 'ko'],
    ['de', 'en'],
  ])('%s', (header, locale) => expect(negotiate(header)).toBe(locale));
});
