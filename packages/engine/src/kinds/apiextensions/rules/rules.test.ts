import { describe, expect, it } from 'vitest';
import { goJson } from '../../../machinery/field.ts';
import { validateInstance } from '../custom/validate.ts';
import type { JsonSchema } from '../schema/types.ts';
import { checkRules } from './check.ts';

const rule = (text: string, more: object = {}) => ({ rule: text, ...more });
const spec = (properties: Record<string, JsonSchema>, ...rules: object[]): JsonSchema => ({
  type: 'object',
  properties: { spec: { type: 'object', properties, 'x-kubernetes-validations': rules } },
});
const schema = spec(
  {
    min: { type: 'integer' },
    max: { type: 'integer' },
    port: { 'x-kubernetes-int-or-string': true },
    class: {
      type: 'string',
      'x-kubernetes-validations': [rule('self == oldSelf', { message: 'class is immutable', reason: 'FieldValueForbidden' })],
    },
    hosts: { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'string', maxLength: 5 } },
    listeners: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: {
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string' }, port: { type: 'integer' } },
        'x-kubernetes-validations': [rule('self.port >= oldSelf.port', { message: 'ports only grow' })],
      },
    },
    timeout: { type: 'string', format: 'duration' },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
  },
  rule('!has(self.min) || !has(self.max) || self.min <= self.max', {
    messageExpression: '"min %d is above max %d".format([self.min, self.max])',
    fieldPath: '.max',
  }),
  rule('!has(self.timeout) || self.timeout < duration("1h")'),
  rule('!has(self.labels) || self.labels.all(k, k.startsWith("x-") && self.labels[k] != "")', { message: ' labels start with x- ' }),
  rule('!has(self.port) || self.port > 0'),
);

const verdict = (value: object, old?: object): string[] =>
  validateInstance({ spec: value } as never, old && ({ spec: old } as never), schema).map((error) => `${error.field}: ${error.body}`);

describe('rules about values', () => {
  it.each([
    [{ min: 1, max: 2, timeout: '30m', labels: { 'x-a': 'b' }, hosts: ['a', 'b'] }, []],
    [{ min: 3, max: 2 }, ['spec.max: Invalid value: "object": min 3 is above max 2']],
    [{ timeout: '2h' }, ['spec: Invalid value: "object": failed rule: !has(self.timeout) || self.timeout < duration("1h")']],
    [{ labels: { y: '' } }, ['spec: Invalid value: "object": labels start with x-']],
    [
      { port: 'http' },
      [
        `spec: Invalid value: "object": 'no such overload': call arguments did not match a supported operator, function or macro signature for rule: !has(self.port) || self.port > 0`,
      ],
    ],
    [
      { min: 3, max: 2, hosts: ['too long'] },
      [
        'spec.hosts[0]: Too long: may not be more than 5 bytes',
        '<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
      ],
    ],
  ])('%j', (value, expected) => expect(verdict(value)).toEqual(expected));

  it.each([
    [{ class: 'b' }, { class: 'a' }, ['spec.class: Forbidden: class is immutable']],
    [{ class: 'a', min: 1 }, { class: 'a' }, []],
    [{ class: 'a' }, {}, []],
    [
      {
        listeners: [
          { name: 'b', port: 9 },
          { name: 'a', port: 1 },
        ],
      },
      { listeners: [{ name: 'a', port: 2 }] },
      ['spec.listeners[1]: Invalid value: "object": ports only grow'],
    ],
    [{ hosts: ['too long'], min: 1 }, { hosts: ['too long'] }, []],
    [{ min: 3, max: 2 }, { min: 3, max: 2 }, []],
  ])('%j after %j', (value, old, expected) => expect(verdict(value, old)).toEqual(expected));
});

it('rules of the whole object know its name, its parts and how keys are written', () => {
  const whole: JsonSchema = {
    type: 'object',
    properties: {
      spec: { type: 'object', properties: { 'a-b': { type: 'integer' }, namespace: { type: 'string' } } },
      parts: {
        type: 'object',
        additionalProperties: { type: 'object', properties: { n: { type: 'integer' } }, 'x-kubernetes-validations': [rule('self.n > 0')] },
      },
    },
    'x-kubernetes-validations': [
      rule('self.metadata.name.startsWith("x") && self.kind == "W"', { message: 'named x' }),
      rule('self.spec.a__dash__b < 5 && self.spec.__namespace__ != ""', { fieldPath: ".spec['a-b']", reason: 'FieldValueRequired' }),
    ],
  };
  const made = (name: string, number: number) =>
    ({ kind: 'W', metadata: { name }, spec: { 'a-b': number, namespace: 'n' }, parts: { p: { n: number } } }) as never;
  const found = (object: never) => validateInstance(object, undefined, whole).map((error) => `${error.field}: ${error.body}`);
  expect(found(made('x', 1))).toEqual([]);
  expect(found(made('y', 0))).toEqual(['<nil>: Invalid value: "object": named x', 'parts[p]: Invalid value: "object": failed rule: self.n > 0']);
  expect(found(made('x', 5))).toEqual(['spec.a-b: Required value: failed rule: self.spec.a__dash__b < 5 && self.spec.__namespace__ != ""']);
});

it('rules that do too much are stopped', () => {
  const tall = spec({ a: { type: 'array', items: { type: 'integer' } } }, rule('self.a.all(x, self.a.all(y, self.a.all(z, x + y + z >= 0)))'));
  const errors = validateInstance({ spec: { a: Array.from({ length: 300 }, (_, i) => i) } } as never, undefined, tall);
  expect(errors.map((error) => error.body)).toEqual([
    `Invalid value: "object": 'operation cancelled: actual cost limit exceeded': no further validation rules will be run due to call cost exceeds limit for rule: self.a.all(x, self.a.all(y, self.a.all(z, x + y + z >= 0)))`,
  ]);
});

describe('rules themselves', () => {
  const size: JsonSchema = { type: 'object', properties: { size: { type: 'integer' }, free: { 'x-kubernetes-preserve-unknown-fields': true } } };
  const problems = (rules: object[], more: object = {}): string[] =>
    checkRules({ ...size, 'x-kubernetes-validations': rules }, { isRoot: false, compiles: true, ...more }, 'p').map(
      (error) => `${error.field}: ${error.body}`,
    );
  const shown = (text: string, message = '') =>
    goJson({ Rule: text, Message: message, MessageExpression: '', Reason: null, FieldPath: '', OptionalOldSelf: null });

  it.each([
    ['self.size > 0', undefined],
    ['self.count > 0', "compilation failed: ERROR: <input>:1:5: undefined field 'count'\n | self.count > 0\n | ....^"],
    ['self.free == 1', "compilation failed: ERROR: <input>:1:5: undefined field 'free'\n | self.free == 1\n | ....^"],
    ['-1', 'cel expression must evaluate to a bool'],
    ['Bad_Name!', "compilation failed: ERROR: <input>:1:9: Syntax error: extraneous input '!' expecting <EOF>\n | Bad_Name!\n | ........^"],
  ])('%s', (text, detail) => {
    const path = 'p.x-kubernetes-validations[0].rule';
    expect(problems([{ rule: text, message: 'm' }])).toEqual(detail === undefined ? [] : [`${path}: Invalid value: ${shown(text, 'm')}: ${detail}`]);
  });

  it.each([
    [{ rule: ' ' }, 'rule: Required value: rule is not specified'],
    [
      { rule: 'self.size > 0', reason: 'Nope' },
      'reason: Unsupported value: "Nope": supported values: "FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"',
    ],
    [{ rule: 'self.size > 0', message: 'a\nb' }, 'message: Invalid value: "a\\nb": message must not contain line breaks'],
    [{ rule: 'true &&\ntrue' }, 'message: Required value: message must be specified if rule contains line breaks'],
    [{ rule: 'true', fieldPath: '.nope' }, 'fieldPath: Invalid value: ".nope": fieldPath must be a valid path'],
  ])('%j', (each, expected) => expect(problems([each])).toEqual([`p.x-kubernetes-validations[0].${expected}`]));

  it('may look back only where the value can be recognised', () => {
    expect(problems([{ rule: 'self == oldSelf' }], { uncorrelatable: 'q' })).toEqual([
      'p.x-kubernetes-validations[0].rule: Invalid value: "self == oldSelf": oldSelf cannot be used on the uncorrelatable portion of the schema within q',
    ]);
  });
});
