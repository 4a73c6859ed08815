import { expect, it } from 'vitest';
import { create, log, nginx, shell } from '../../testing/kubelet-pods.ts';
import { told } from '../../testing/transcript.ts';
import { world } from '../../testing/world.ts';
import type { KubeObject } from '../core/object.ts';

it('a container keeps the variables that it was created with', () => {
  const w = world({ workers: 1 });
  const configMap = (value: string) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'cm', namespace: 'default' },
    data: { WHO: value },
  });
  w.create(configMap('one') as KubeObject);
  const env = [{ name: 'ALSO', valueFrom: { configMapKeyRef: { name: 'cm', key: 'WHO' } } }];
  create(w, { containers: [shell('while true; do echo $WHO $ALSO; sleep 10; done', { envFrom: [{ configMapRef: { name: 'cm' } }], env })] });
  w.apply(configMap('two'));
  w.advance(10_000);
  expect(log(w).body).toBe('one one\none one\n');
  w.request('DELETE', '/api/v1/namespaces/default/pods/p?gracePeriodSeconds=0');
  create(w, { containers: [shell('echo $WHO; sleep 10', { envFrom: [{ configMapRef: { name: 'cm' } }] })] });
  expect(log(w).body).toBe('two\n');
});

it.each([
  ['limits.cpu', undefined, '2'],
  ['limits.cpu', '1m', '1500'],
  ['requests.memory', '1Mi', '64'],
  ['requests.memory', undefined, '67108864'],
  ['limits.memory', '1Gi', '8'],
])('the downward API tells %s by %s', (resource, divisor, expected) => {
  const w = world({ workers: 1 });
  const env = [{ name: 'X', valueFrom: { resourceFieldRef: { resource, ...(divisor ? { divisor } : {}) } } }];
  const resources = { limits: { cpu: '1500m' }, requests: { memory: '64Mi' } };
  create(w, { restartPolicy: 'Never', containers: [shell('echo $X', { env, resources })] });
  expect(String(log(w).body).trim()).toBe(expected);
});

it.each([
  [{ runAsNonRoot: true }, 'container has runAsNonRoot and image will run as root'],
  [{ runAsNonRoot: true, runAsUser: 0 }, "container's runAsUser breaks non-root policy"],
  [{ runAsNonRoot: true, runAsUser: 1000 }, undefined],
])('root is refused where it must not be: %j', (securityContext, message) => {
  const w = world({ workers: 1 });
  create(w, { containers: [nginx({ securityContext })] });
  const pod = w.object('core/pods/default/p') as KubeObject;
  const expected = message && { reason: 'CreateContainerConfigError', message: `${message} (pod: "p_default(${pod.metadata.uid})", container: c)` };
  expect(pod.status.containerStatuses[0].state.waiting).toEqual(expected);
});

it('a pull goes on without the secrets that are not there', () => {
  const w = world({ workers: 1 });
  create(w, { imagePullSecrets: [{ name: 'regcred' }], containers: [nginx()] });
  expect(told(w, 'p')).toContain(
    'FailedToRetrieveImagePullSecret: Unable to retrieve some image pull secrets (regcred); attempting to pull the image may not succeed.',
  );
});
