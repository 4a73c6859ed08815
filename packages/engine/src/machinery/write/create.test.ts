import { expect, it } from 'vitest';
import { world } from '../../../testing/world.ts';

const URL = '/api/v1/namespaces/default/configmaps';
const versioned = (resourceVersion: string): object => ({ metadata: { name: 'exported', resourceVersion } });

it.each([
  ['5', '', 500, 'resourceVersion should not be set on objects to be created'],
  ['5', '?dryRun=All', 201, undefined],
  ['0', '', 201, undefined],
  ['', '', 201, undefined],
])('an object that claims to be at version %j is created with %j: %d', (version, query, code, message) => {
  const answer = world().request('POST', `${URL}${query}`, versioned(version));
  expect(answer.code).toBe(code);
  expect(answer.body.message).toBe(message);
});

it('says so before it says that there is one already', () => {
  const w = world();
  w.request('POST', URL, versioned(''));
  expect(w.request('POST', URL, versioned('5')).code).toBe(500);
  expect(w.request('POST', URL, versioned('')).body.reason).toBe('AlreadyExists');
});

it('where nobody owns anything there is no list of owners', () => {
  const w = world({ workers: 0 });
  const url = '/api/v1/namespaces/default/configmaps';
  expect(w.request('POST', url, { metadata: { name: 'empty' } }).body.metadata).not.toHaveProperty('managedFields');
  w.request('POST', url, { metadata: { name: 'full' }, data: { a: 'b' } });
  const { metadata } = w.request('PATCH', `${url}/full`, { metadata: { managedFields: [{}] } }, { contentType: 'application/merge-patch+json' }).body;
  expect(metadata).not.toHaveProperty('managedFields');
});
