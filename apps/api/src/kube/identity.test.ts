import { describe, expect, it } from 'vitest';
import { clusterIdentity, impersonation } from './identity.ts';

describe('impersonation headers', () => {
  it.each([
    [{}, undefined],
    [{ 'Impersonate-User': 'jane' }, { username: 'jane', groups: [], extra: {} }],
    [
      { 'Impersonate-User': 'jane', 'Impersonate-Uid': '7', 'Impersonate-Group': 'a, b', 'Impersonate-Extra-Acme.com%2Fproject': 'p' },
      { username: 'jane', uid: '7', groups: ['a', 'b'], extra: { 'acme.com/project': ['p'] } },
    ],
    [{ 'Impersonate-Group': 'a' }, { username: '', groups: ['a'], extra: {} }],
  ])('%j', (headers, expected) => expect(impersonation(new Headers(headers as Record<string, string>))).toEqual(expected));

  it('come one by one or together', () => {
    const headers = new Headers({ 'impersonate-user': 'jane' });
    headers.append('impersonate-group', 'a');
    headers.append('impersonate-group', 'b');
    expect(impersonation(headers)?.groups).toEqual(['a', 'b']);
  });
});

describe('tokens', () => {
  it('of the platform are no business of the cluster', () => {
    expect(clusterIdentity({ token: 'vk_abc', byCookie: false })).toBeUndefined();
    expect(clusterIdentity({ token: 'eyJhbGciOiJub25lIn0.e30.', byCookie: false })).toBeUndefined();
  });
});
