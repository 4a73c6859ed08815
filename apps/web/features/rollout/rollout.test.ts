import { describe, expect, it } from 'vitest';
import type { KubeObject } from '#kube/types.ts';
import { progressOf } from './progress.ts';
import { revisionsOf, rollbackPatch } from './revisions.ts';

const template = (image: string, hash?: string) => ({
  metadata: { labels: { app: 'web', ...(hash ? { 'pod-template-hash': hash } : {}) } },
  spec: { containers: [{ name: 'nginx', image }] },
});
const deployment = (image: string, status: object = {}, extra: object = {}): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default', uid: 'd', generation: 2, annotations: { 'deployment.kubernetes.io/revision': '2', note: 'mine' } },
  spec: { replicas: 3, template: template(image), ...extra },
  status: { observedGeneration: 2, ...status },
});
const replicaSet = (revision: number, image: string, owner = 'd'): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: {
    name: `web-${revision}`,
    uid: `rs${revision}`,
    annotations: {
      'deployment.kubernetes.io/revision': String(revision),
      'deployment.kubernetes.io/desired-replicas': '3',
      'kubernetes.io/change-cause': `to ${image}`,
    },
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: owner }],
  },
  spec: { template: template(image, `h${revision}`) },
  status: { replicas: revision, readyReplicas: 1 },
});

describe('revisionsOf', () => {
  it('orders by number, knows the current one by its template, and leaves others out', () => {
    const found = revisionsOf(deployment('nginx:2'), [replicaSet(9, 'nginx:1'), replicaSet(10, 'nginx:2'), replicaSet(11, 'x', 'other')]);
    expect(found.map(({ number, current, images, changeCause }) => [number, current, images, changeCause])).toEqual([
      [10, true, ['nginx:2'], 'to nginx:2'],
      [9, false, ['nginx:1'], 'to nginx:1'],
    ]);
  });
});

describe('rollbackPatch', () => {
  it('sends what kubectl rollout undo sends: the template without its hash, and the annotations of the revision', () => {
    const [revision] = revisionsOf(deployment('nginx:2'), [replicaSet(1, 'nginx:1')]);
    if (!revision) throw new Error('one revision');
    expect(rollbackPatch(deployment('nginx:2'), revision)).toEqual([
      { op: 'replace', path: '/spec/template', value: template('nginx:1') },
      {
        op: 'replace',
        path: '/metadata/annotations',
        value: { 'deployment.kubernetes.io/revision': '2', 'kubernetes.io/change-cause': 'to nginx:1' },
      },
    ]);
  });
});

describe('progressOf', () => {
  const done = { replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3 };
  const waiting = (reason: string): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    status: { containerStatuses: [{ name: 'c', state: { waiting: { reason, message: 'because' } } }] },
  });
  const deadline = { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'timed out' };
  it.each([
    ['all there', deployment('a', done), [], 'healthy'],
    ['not observed yet', deployment('a', { ...done, observedGeneration: 1 }), [], 'progressing'],
    ['old pods left', deployment('a', { ...done, replicas: 4 }), [], 'progressing'],
    ['not available', deployment('a', { ...done, availableReplicas: 2 }), [], 'progressing'],
    ['a pod is being created', deployment('a', { ...done, availableReplicas: 2 }), [waiting('ContainerCreating')], 'progressing'],
    ['a pod cannot pull', deployment('a', { ...done, updatedReplicas: 1 }), [waiting('ImagePullBackOff')], 'stuck'],
    ['past its deadline', deployment('a', { ...done, updatedReplicas: 1, conditions: [deadline] }), [], 'stuck'],
    ['paused half way', deployment('a', { ...done, updatedReplicas: 1 }, { paused: true }), [], 'paused'],
    ['scaled to zero', deployment('a', { replicas: 0 }, { replicas: 0 }), [], 'stopped'],
  ])('%s', (_name, object, pods, state) => expect(progressOf(object, pods).state).toBe(state));
  it('says why in the words of the pod', () => {
    expect(progressOf(deployment('a', {}), [waiting('ErrImagePull')])).toMatchObject({ reason: 'ErrImagePull', message: 'because' });
  });
});
