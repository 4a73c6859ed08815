import { expect, it } from 'vitest';
import { duplicateFields } from './duplicates.ts';

it.each<[string, string[]]>([
  ['{"a":1,"b":{"a":1}}', []],
  ['{"a":1, "a" : 2,"a":3}', ['a']],
  ['{"a":[{"b":1},{"b":1,"b":{}}]}', ['a[1].b']],
  ['[[1,{"a":1,"\\u0061":1}]]', ['[0][1].a']],
  ['{"a":{"b":"a\\"","c":"{"},"a":"b","d":"d"}', ['a']],
  ['{"__proto__":1,"__proto__":2}', ['__proto__']],
  ['"a"', []],
])('%s', (text, expected) => expect(duplicateFields(text)).toEqual(expected.map((path) => `duplicate field "${path}"`)));

it('names them from where the text stands', () => {
  expect(duplicateFields('{"x":1,"x":1}', ['spec', 0])).toEqual(['duplicate field "spec[0].x"']);
});
