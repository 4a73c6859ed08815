import { expect, test } from 'vitest';
import { world } from '../../../testing/world.ts';

const container = (more: object) => ({ containers: [{ name: 'c', image: 'nginx', ...more }] });

test.each([
  [{ volumes: [{ name: 'v', secret: { secretName: 'other' } }], ...container({}) }, 'volume with secret.secretName="other" is not allowed'],
  [
    container({ env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'other', key: 'k' } } }] }),
    'container c with envVar A referencing secret.secretName="other" is not allowed',
  ],
  [container({ envFrom: [{ secretRef: { name: 'other' } }] }), 'container c with envFrom referencing secret.secretName="other" is not allowed'],
  [{ imagePullSecrets: [{ name: 'mine' }, { name: 'other' }], ...container({}) }, 'imagePullSecrets[1].name="other" is not allowed'],
  [{ volumes: [{ name: 'v', secret: { secretName: 'mine' } }], imagePullSecrets: [{ name: 'mine' }], ...container({}) }, undefined],
])('pods of an account that limits its secrets: %#', (spec, refusal) => {
  const w = world();
  const account = (value: string) => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'strict', namespace: 'default', annotations: { 'kubernetes.io/enforce-mountable-secrets': value } },
    secrets: [{ name: 'mine', namespace: 'default' }],
    imagePullSecrets: [{ name: 'mine' }],
  });
  const made = w.request('POST', '/api/v1/namespaces/default/serviceaccounts', account('true'));
  expect(made.body.secrets).toEqual([{ name: 'mine' }]);
  const [, warning] = made.headers.find(([name]) => name.toLowerCase() === 'warning') ?? [];
  expect(warning).toContain('deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets');
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { serviceAccountName: 'strict', ...spec } };
  const { code, body } = w.request('POST', '/api/v1/namespaces/default/pods', pod);
  expect([code, body.message]).toEqual(refusal ? [403, expect.stringContaining(`pods "p" is forbidden: ${refusal}`)] : [201, undefined]);
});
