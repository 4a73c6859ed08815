import { createHash, createHmac, createPublicKey, verify } from 'node:crypto';
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
const SECRET: KubeObject = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'default' } };
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
    w.create(SECRET);
    const plain = tokenOf(w, { expirationSeconds: 600 });
    const bound = tokenOf(w, { boundObjectRef: { apiVersion: 'v1', kind: 'Secret', name: 's' } });
    w.request('DELETE', '/api/v1/namespaces/default/secrets/s');
    expect(whoAmI(w, { token: bound })).toBe('Unauthorized');
    w.now += 660_000;
    expect(whoAmI(w, { token: plain }).username).toBe('system:serviceaccount:default:default');
    w.now += 1000;
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
    [{ boundObjectRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'd' } }, 'cannot bind token to object of type apps/v1, Kind=Deployment'],
    [
      { boundObjectRef: { apiVersion: 'v1', kind: 'ConfigMap', name: 'kube-root-ca.crt' } },
      'cannot bind token to object of type /v1, Kind=ConfigMap',
    ],
    [
      { boundObjectRef: { apiVersion: 'v1', kind: 'Secret', name: 's', uid: 'other' } },
      'Operation cannot be fulfilled on Secret "s": the UID in the bound object reference (other) does not match the UID in record. The object might have been deleted and then recreated',
    ],
  ])('%j is refused', (spec, message) => {
    const w = world({ workers: 0 });
    w.create(SECRET);
    expect(w.request('POST', TOKEN_URL, tokenRequest(spec)).body.message).toBe(message);
  });

  it('live for a year where a pod asks for one as they were before', () => {
    const w = world({ workers: 0 });
    w.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'default' }, spec: { containers: [{ name: 'c', image: 'nginx' }] } });
    const spec = { expirationSeconds: 3607, boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: 'p' } };
    const { token, expirationTimestamp } = w.request('POST', TOKEN_URL, tokenRequest(spec)).body.status;
    const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
    expect([expirationTimestamp, claims.exp - claims.iat, claims['kubernetes.io'].warnafter - claims.iat]).toEqual([
      '2026-01-01T01:00:07Z',
      31_536_000,
      3607,
    ]);
  });

  it('of clusters that signed with a secret are still good', () => {
    const w = world({ workers: 0 });
    const [, payload] = tokenOf(w).split('.') as [string, string];
    const signed = `${toBase64Url(bytes('{"alg":"HS256","kid":"vivakube"}'))}.${payload}`;
    const signature = (seed: string) => createHmac('sha256', `service account tokens of ${seed}`).update(signed).digest('base64url');
    expect(whoAmI(w, { token: `${signed}.${signature('world')}` }).username).toBe('system:serviceaccount:default:default');
    expect(whoAmI(w, { token: `${signed}.${signature('other')}` })).toBe('Unauthorized');
  });
});

describe('reviews of tokens', () => {
  const ISSUER = 'https://kubernetes.default.svc.cluster.local';
  const review = (w: World, token: string, audiences?: string[]) =>
    w.request('POST', '/apis/authentication.k8s.io/v1/tokenreviews', {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenReview',
      spec: { token, ...(audiences ? { audiences } : {}) },
    }).body.status;

  it('name whom they stand for, and to whom', () => {
    const w = world({ workers: 0 });
    expect(review(w, tokenOf(w))).toMatchObject({ authenticated: true, audiences: [ISSUER] });
    expect(review(w, tokenOf(w, { audiences: ['vault', 'more'] }), ['other', 'vault'])).toMatchObject({ authenticated: true, audiences: ['vault'] });
  });

  it('say what is wrong', () => {
    const w = world({ workers: 0 });
    const { uid } = w.create(SECRET).metadata;
    const bound = tokenOf(w, { boundObjectRef: { apiVersion: 'v1', kind: 'Secret', name: 's' } });
    const short = tokenOf(w, { expirationSeconds: 600 });
    const forged = tokenOf(w).replace(/.{4}$/, 'AAAA');
    const problem = (token: string, audiences?: string[]) => review(w, token, audiences).error;
    expect(review(w, 'nonsense')).toEqual({ user: {}, error: 'invalid bearer token' });
    expect(problem(short, ['vault'])).toBe(`[invalid bearer token, token audiences ["${ISSUER}"] is invalid for the target audiences ["vault"]]`);
    expect(problem(forged)).toBe('[invalid bearer token, go-jose/go-jose: error in cryptographic primitive]');
    expect(problem(tokenOf(world({ workers: 0, seed: 'other' })))).toBe('[invalid bearer token, invalid signature, no keys found]');
    w.request('DELETE', '/api/v1/namespaces/default/secrets/s');
    expect(problem(bound)).toBe('[invalid bearer token, service account token has been invalidated]');
    const again = w.create(SECRET).metadata.uid;
    expect(problem(bound)).toBe(`[invalid bearer token, secret UID (${again}) does not match service account secret ref claim (${uid})]`);
    w.now += 661_000;
    expect(problem(short)).toBe('[invalid bearer token, service account token has expired]');
    w.request('DELETE', '/api/v1/namespaces/default/serviceaccounts/default');
    expect(problem(bound)).toMatch(/^\[invalid bearer token, service account UID \(.*\) does not match claim \(.*\)\]$/);
  });
});

describe('the keys of tokens', () => {
  it('are public, so that others can tell what the cluster signed', () => {
    const w = world({ workers: 0 });
    const read = (path: string) => w.request('GET', path);
    const found = read('/.well-known/openid-configuration');
    expect(found.headers).toEqual([
      ['content-type', 'application/json'],
      ['cache-control', 'public, max-age=3600'],
    ]);
    expect(found.body).toEqual({
      issuer: 'https://kubernetes.default.svc.cluster.local',
      jwks_uri: 'https://172.18.0.2:6443/openid/v1/jwks',
      response_types_supported: ['id_token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
    });
    const keys = read('/openid/v1/jwks');
    expect(keys.headers[0]).toEqual(['content-type', 'application/jwk-set+json']);
    const [header, payload, signature] = tokenOf(w).split('.') as [string, string, string];
    const jwk = keys.body.keys.find(({ kid }: { kid: string }) => kid === JSON.parse(Buffer.from(header, 'base64url').toString()).kid);
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    expect(jwk.kid).toBe(
      createHash('sha256')
        .update(key.export({ type: 'spki', format: 'der' }))
        .digest('base64url'),
    );
    const isGood = (text: string) => verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
    expect([isGood(`${header}.${payload}`), isGood(`${header}.${payload}x`)]).toEqual([true, false]);
    expect(read('/openid/v1/other').code).toBe(404);
  });

  it('are for accounts and whoever is bound to their role', () => {
    const w = world({ workers: 0 });
    expect(w.request('GET', '/openid/v1/jwks/', undefined, { token: tokenOf(w) }).code).toBe(200);
    const jane = { user: { username: 'jane', groups: ['system:authenticated'] } };
    expect(w.request('GET', '/openid/v1/jwks', undefined, jane).body.message).toBe('forbidden: User "jane" cannot get path "/openid/v1/jwks"');
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
    w.now += 12 * 60_000;
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
