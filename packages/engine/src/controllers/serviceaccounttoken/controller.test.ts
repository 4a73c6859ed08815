import { describe, expect, it } from 'vitest';
import { world } from '../../../testing/world.ts';

const secret = (account: string) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'token', namespace: 'default', annotations: { 'kubernetes.io/service-account.name': account } },
  type: 'kubernetes.io/service-account-token',
});
const KEY = 'core/secrets/default/token';

describe('tokens in Secrets', () => {
  it('are filled in, stand for the account, and go with it', () => {
    const w = world({ workers: 0 });
    w.create(secret('default'));
    const { data, metadata } = w.object(KEY) as unknown as { data: Record<string, string>; metadata: { annotations: object } };
    expect(Object.keys(data).sort()).toEqual(['ca.crt', 'namespace', 'token']);
    expect(Buffer.from(data.namespace as string, 'base64').toString()).toBe('default');
    expect(metadata.annotations).toHaveProperty(['kubernetes.io/service-account.uid']);
    const token = Buffer.from(data.token as string, 'base64').toString();
    const whoAmI = () =>
      w.request(
        'POST',
        '/apis/authentication.k8s.io/v1/selfsubjectreviews',
        { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
        { token },
      );
    expect(whoAmI().body.status.userInfo.username).toBe('system:serviceaccount:default:default');
    w.request('DELETE', '/api/v1/namespaces/default/serviceaccounts/default');
    expect(w.object(KEY)).toBeUndefined();
    expect(whoAmI().code).toBe(401);
  });

  it('of nobody are removed', () => {
    const w = world({ workers: 0 });
    w.create(secret('nobody'));
    expect(w.object(KEY)).toBeUndefined();
  });
});
