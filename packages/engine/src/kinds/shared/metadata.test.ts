import { describe, expect, test } from 'vitest';
import type { ObjectMeta } from '../../core/object.ts';
import { aggregateText, type FieldError } from '../../machinery/field.ts';
import { validateFieldManager, validateObjectMeta, validateObjectMetaUpdate } from './metadata.ts';

const text = (errors: FieldError[]): string => (errors.length === 0 ? '' : aggregateText(errors));
const meta: ObjectMeta = { name: 'a', namespace: 'default', uid: 'u', resourceVersion: '7' };

describe('metadata of a new object', () => {
  test.each([
    ['nothing wrong', {}, ''],
    ['no name', { name: '' }, 'metadata.name: Required value: name or generateName is required'],
    ['no namespace', { namespace: undefined }, 'metadata.namespace: Required value'],
    ['bad namespace', { namespace: 'a.b' }, 'metadata.namespace: Invalid value: "a.b": must not contain dots'],
    [
      'finalizer without a domain',
      { finalizers: ['mine'] },
      'metadata.finalizers[0]: Invalid value: "mine": name is neither a standard finalizer name nor is it fully qualified',
    ],
    [
      'finalizers at odds',
      { finalizers: ['orphan', 'foregroundDeletion'] },
      'metadata.finalizers: Invalid value: ["orphan","foregroundDeletion"]: finalizer orphan and foregroundDeletion cannot be both set',
    ],
    [
      'owner without a uid',
      { ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: '' }] },
      'metadata.ownerReferences.uid: Invalid value: "": must not be empty',
    ],
    [
      'owner of a version that is none',
      { ownerReferences: [{ apiVersion: 'a/b/c', kind: 'Pod', name: 'p', uid: 'u' }] },
      'metadata.ownerReferences.apiVersion: Invalid value: "a/b/c": version must not be empty',
    ],
    [
      'owner that nobody may be',
      { ownerReferences: [{ uid: 'u', name: 'e', kind: 'Event', apiVersion: 'v1' }] },
      'metadata.ownerReferences: Invalid value: {"apiVersion":"v1","kind":"Event","name":"e","uid":"u"}: /v1, Kind=Event is disallowed from being an owner',
    ],
    ['too much in annotations', { annotations: { a: 'x'.repeat(262_144) } }, 'metadata.annotations: Too long: may not be more than 262144 bytes'],
    ['annotation keys in any case', { annotations: { 'Example.COM/Key': '' } }, ''],
    ['keys that are words of the language', { labels: JSON.parse('{"constructor":"a","__proto__":"b"}') }, expect.stringContaining('"__proto__"')],
    ['a manager of managed fields', { managedFields: [{ manager: 'm', operation: 'Apply' }] }, ''],
    [
      'an unknown operation',
      { managedFields: [{ manager: 'm' }] },
      'metadata.managedFields[0].operation: Invalid value: "": must be `Apply` or `Update`',
    ],
  ] as [string, Partial<ObjectMeta>, string][])('%s', (_, change, expected) => {
    expect(text(validateObjectMeta({ ...meta, ...change } as ObjectMeta, { namespaced: true }))).toEqual(expected);
  });

  test('what has no namespace may not name one', () => {
    expect(text(validateObjectMeta(meta, { namespaced: false }))).toBe('metadata.namespace: Forbidden: not allowed on this type');
  });

  test('custom resources may call their finalizers anything', () => {
    expect(validateObjectMeta({ ...meta, finalizers: ['mine'] }, { namespaced: true, anyFinalizer: true })).toEqual([]);
  });

  test('only one owner is in control', () => {
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', uid: 'u', controller: true };
    const errors = validateObjectMeta(
      {
        ...meta,
        ownerReferences: [
          { ...owner, name: 'a' },
          { ...owner, name: 'b' },
        ],
      },
      { namespaced: true },
    );
    expect(errors.map((e) => e.body)).toEqual([
      expect.stringContaining('Only one reference can have Controller set to true. Found "true" in references for ReplicaSet/a and ReplicaSet/b'),
    ]);
  });
});

describe('metadata of a changed object', () => {
  test.each([
    ['the same', {}, {}, ''],
    ['renamed', { name: 'b' }, {}, 'metadata.name: Invalid value: "b": field is immutable'],
    ['no revision', { resourceVersion: '' }, {}, 'metadata.resourceVersion: Invalid value: "": must be specified for an update'],
    ['generation going back', { generation: 1 }, { generation: 2 }, 'metadata.generation: Invalid value: 1: must not be decremented'],
    [
      'a finalizer after deletion',
      { deletionTimestamp: 't', finalizers: ['a.io/b', 'a.io/a'] },
      { deletionTimestamp: 't' },
      'metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"a.io/a", "a.io/b"}',
    ],
    ['deletion taken back', {}, { deletionTimestamp: 't' }, 'metadata.deletionTimestamp: Invalid value: null: field is immutable'],
  ] as [string, Partial<ObjectMeta>, Partial<ObjectMeta>, string][])('%s', (_, change, before, expected) => {
    expect(text(validateObjectMetaUpdate({ ...meta, ...change }, { ...meta, ...before }))).toBe(expected);
  });
});

test('a field manager is a printable word', () => {
  expect(text(validateFieldManager('a\nb', 'fieldManager'))).toBe('fieldManager: Invalid value: "a\\nb": invalid character U+000A (at position 1)');
  expect(text(validateFieldManager('x'.repeat(129), 'fieldManager'))).toBe('fieldManager: Too long: may not be more than 128 bytes');
});
