import { describe, expect, it } from 'vitest';
import { type World, world } from '../../../testing/world.ts';
import type { KubeObject } from '../../core/object.ts';
import { Txn } from '../../core/txn.ts';
import { indexer } from '../../engine.ts';
import { secretText } from './base64.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { podToken } from './pod-token.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const TEXTS = ['', 'abc', 'x'.repeat(55), 'x'.repeat(56), 'x'.repeat(64), 'é'.repeat(1000)];

describe('encoding', () => {
  it.each(TEXTS)('agrees with the host about %s', (text) => {
    expect(toBase64Url(bytes(text))).toBe(Buffer.from(text).toString('base64url'));
    expect(fromBase64Url(toBase64Url(bytes(text)))).toEqual(bytes(text));
    expect(secretText(text)).toBe(Buffer.from(text).toString('base64'));
  });
});

const TOKEN_URL = '/api/v1/namespaces/default/serviceaccounts/default/token';
const tokenRequest = (spec: object = {}) => ({ apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec });
const tokenOf = (w: World, spec: object = {}): string => w.request('POST', TOKEN_URL, tokenRequest(spec)).body.status.token;
const whoAmI = (w: World, headers: object) => {
  const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
  const { code, body } = w.request('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', review, headers);
  return code === 201 ? body.status.userInfo : body.message;
};

describe('tokens of service accounts', () => {
  it('stand for the account', () => {
    const w = world({ workers: 0 });
    const { body } = w.request('POST', TOKEN_URL, tokenRequest({ expirationSeconds: 600 }));
    expect(body.status.expirationTimestamp).toBe('2026-01-01T00:10:00Z');
    const user = whoAmI(w, { token: body.status.token });
    expect(user).toMatchObject({
      username: 'system:serviceaccount:default:default',
      groups: ['system:serviceaccounts', 'system:serviceaccounts:default', 'system:authenticated'],
    });
    expect(w.request('GET', '/api/v1/namespaces/default/pods', undefined, { token: body.status.token }).body.message).toBe(
      'pods is forbidden: User "system:serviceaccount:default:default" cannot list resource "pods" in API group "" in the namespace "default"',
    );
  });

  it('end with their time, their account, and what they are bound to', () => {
    const w = world({ workers: 0 });
    w.create({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'default' } });
    const plain = tokenOf(w, { expirationSeconds: 600 });
    const bound = tokenOf(w, { boundObjectRef: { apiVersion: 'v1', kind: 'Secret', name: 's' } });
    w.request('DELETE', '/api/v1/namespaces/default/secrets/s');
    expect(whoAmI(w, { token: bound })).toBe('Unauthorized');
    w.now += 601_000;
    expect(whoAmI(w, { token: plain })).toBe('Unauthorized');
    const later = tokenOf(w);
    w.request('DELETE', '/api/v1/namespaces/default/serviceaccounts/default');
    expect(whoAmI(w, { token: later })).toBe('Unauthorized');
  });

  it('of another cluster, another audience or with other claims are worth nothing', () => {
    const w = world({ workers: 0 });
    const token = tokenOf(w);
    const [header, payload, signature] = token.split('.') as [string, string, string];
    const forged = toBase64Url(bytes(Buffer.from(payload, 'base64url').toString().replaceAll('default', 'kube-system')));
    expect(whoAmI(w, { token: `${header}.${forged}.${signature}` })).toBe('Unauthorized');
    expect(whoAmI(world({ workers: 0, seed: 'other' }), { token })).toBe('Unauthorized');
    expect(whoAmI(w, { token: tokenOf(w, { audiences: ['vault'] }) })).toBe('Unauthorized');
  });

  it.each([
    [
      { expirationSeconds: 10 },
      'TokenRequest.authentication.k8s.io "default" is invalid: spec.expirationSeconds: Invalid value: 10: may not specify a duration less than 10 minutes',
    ],
    [{ boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: 'p' } }, 'pods "p" not found'],
  ])('%j is refused', (spec, message) => {
    expect(world({ workers: 0 }).request('POST', TOKEN_URL, tokenRequest(spec)).body.message).toBe(message);
  });

  it('are reviewed', () => {
    const w = world({ workers: 0 });
    const review = (token: string, audiences?: string[]) =>
      w.request('POST', '/apis/authentication.k8s.io/v1/tokenreviews', {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenReview',
        spec: { token, ...(audiences ? { audiences } : {}) },
      }).body.status;
    expect(review(tokenOf(w))).toMatchObject({ authenticated: true, audiences: ['https://kubernetes.default.svc.cluster.local'] });
    expect(review(tokenOf(w, { audiences: ['vault'] }), ['vault', 'other'])).toMatchObject({ authenticated: true, audiences: ['vault'] });
    expect(review('nonsense')).toEqual({ user: {}, error: 'invalid bearer token' });
  });
});

describe('the token in a pod', () => {
  it('is renewed in time, ends with the pod, and is the same whenever it is read', () => {
    const w = world({ workers: 0 });
    w.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'default' }, spec: { containers: [{ name: 'c', image: 'nginx' }] } });
    const mountedAt = w.now;
    const read = (): string => {
      const txn = new Txn(w.state, indexer);
      txn.advance(w.now);
      return podToken(txn, w.object('core/pods/default/p') as KubeObject, { expirationSeconds: 3607 }, mountedAt) as string;
    };
    const first = read();
    w.now += 40 * 60_000;
    expect(read()).toBe(first);
    w.now += 10 * 60_000;
    const second = read();
    expect(second).not.toBe(first);
    w.now += 11 * 60_000;
    expect(whoAmI(w, { token: first })).toBe('Unauthorized');
    expect(whoAmI(w, { token: second }).extra).toMatchObject({ 'authentication.kubernetes.io/pod-name': ['p'] });
    w.request('DELETE', '/api/v1/namespaces/default/pods/p?gracePeriodSeconds=0');
    expect(whoAmI(w, { token: second })).toBe('Unauthorized');
  });
});

describe('impersonation', () => {
  const asked = (username: string, groups: string[] = [], extra: Record<string, string[]> = {}) => ({ impersonate: { username, groups, extra } });
  const JANE = { username: 'jane', groups: ['system:authenticated'] };

  it.each([
    [asked('joe'), { username: 'joe', groups: ['system:authenticated'] }],
    [asked('joe', ['a'], { scopes: ['x'] }), { username: 'joe', groups: ['a', 'system:authenticated'], extra: { scopes: ['x'] } }],
    [
      asked('system:serviceaccount:ns:sa'),
      { username: 'system:serviceaccount:ns:sa', groups: ['system:serviceaccounts', 'system:serviceaccounts:ns', 'system:authenticated'] },
    ],
  ])('%j', (headers, user) => expect(whoAmI(world({ workers: 0 }), headers)).toEqual(user));

  it.each([
    [asked('joe'), 'users "joe" is forbidden: User "jane" cannot impersonate resource "users" in API group "" at the cluster scope'],
    [
      asked('system:serviceaccount:ns:sa'),
      'serviceaccounts "sa" is forbidden: User "jane" cannot impersonate resource "serviceaccounts" in API group "" in the namespace "ns"',
    ],
  ])('%j is a right', (headers, message) => expect(whoAmI(world({ workers: 0 }), { ...headers, user: JANE })).toBe(message));
});
