import { describe, expect, test } from 'vitest';
import { type Bench, bench } from '../../../testing/bench.ts';
import { encodeState } from '../../core/delta.ts';
import type { KubeObject } from '../../core/object.ts';
import { replicaSetController } from '../replicaset/controller.ts';
import { deploymentController } from './controller.ts';

const KEY = 'apps/deployments/default/web';

const manifest = (spec: object = {}): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', annotations: { 'kubernetes.io/change-cause': 'first' } },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { nodeName: 'n1', containers: [{ name: 'c', image: 'nginx:1' }] } },
    ...spec,
  },
});

const started = (spec?: object): Bench => {
  const b = bench([deploymentController, replicaSetController]);
  b.create(manifest(spec));
  return b;
};

const setImage = (b: Bench, image: string): void => {
  b.change(KEY, (d) => ({
    ...d,
    spec: { ...d.spec, template: { ...d.spec.template, spec: { ...d.spec.template.spec, containers: [{ name: 'c', image }] } } },
  }));
};

const imageOf = (set: KubeObject): string => set.spec.template.spec.containers[0].image;

/** `nginx:1=3/3`: wanted and available of each set. */
const sets = (b: Bench): string =>
  b
    .list('apps/replicasets')
    .map((set) => `${imageOf(set)}=${set.spec.replicas}/${set.status?.availableReplicas ?? 0}`)
    .sort()
    .join(' ');

const condition = (b: Bench, type: string) => b.get(KEY)?.status.conditions.find((c: { type: string }) => c.type === type);
const said = (b: Bench, type: string): string => {
  const c = condition(b, type);
  return c ? `${c.status} ${c.reason} ${c.message}` : '';
};
const scalings = (b: Bench): string[] =>
  b
    .said()
    .filter((line) => line.startsWith('ScalingReplicaSet'))
    .map((line) => line.replace(/web-\w+/, 'web-*').slice('ScalingReplicaSet: '.length));
const revisions = (b: Bench): string =>
  b
    .list('apps/replicasets')
    .map((set) => `${imageOf(set)}@${set.metadata.annotations?.['deployment.kubernetes.io/revision']}`)
    .sort()
    .join(' ');

/** Lets pods start and stop until nothing changes any more. */
const roll = (b: Bench): Bench => {
  for (let i = 0, before = -1; before !== b.state.revision; i++) {
    if (i > 50) throw new Error('does not come to rest');
    before = b.state.revision;
    b.advance(1000).runPods().stopPods();
  }
  expect(b.failures()).toEqual([]);
  return b;
};

describe('a new Deployment', () => {
  test('makes a ReplicaSet of its template and reports progress', () => {
    const b = started();
    const [set] = b.list('apps/replicasets') as [KubeObject];
    const hash = set.metadata.labels?.['pod-template-hash'] as string;
    expect(set.metadata.name).toBe(`web-${hash}`);
    expect(set.metadata.annotations).toEqual({
      'deployment.kubernetes.io/desired-replicas': '3',
      'deployment.kubernetes.io/max-replicas': '4',
      'deployment.kubernetes.io/revision': '1',
      'kubernetes.io/change-cause': 'first',
    });
    expect(set.spec.selector.matchLabels).toEqual({ app: 'web', 'pod-template-hash': hash });
    expect(set.metadata.ownerReferences).toMatchObject([{ kind: 'Deployment', name: 'web', controller: true, blockOwnerDeletion: true }]);
    expect(b.list('core/pods')).toHaveLength(3);
    expect(b.get(KEY)?.metadata).toMatchObject({ generation: 1, annotations: { 'deployment.kubernetes.io/revision': '1' } });
    expect(b.get(KEY)?.status).toMatchObject({
      observedGeneration: 1,
      replicas: 3,
      updatedReplicas: 3,
      unavailableReplicas: 3,
      terminatingReplicas: 0,
    });
    expect(said(b, 'Available')).toBe('False MinimumReplicasUnavailable Deployment does not have minimum availability.');
    expect(said(b, 'Progressing')).toBe(`True ReplicaSetUpdated ReplicaSet "web-${hash}" is progressing.`);
    expect(scalings(b)).toEqual(['Scaled up replica set web-* from 0 to 3']);
  });

  test('is complete when its pods are available', () => {
    const b = roll(started());
    expect(b.get(KEY)?.status).toMatchObject({ replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3 });
    expect(b.get(KEY)?.status.unavailableReplicas).toBeUndefined();
    expect(said(b, 'Available')).toBe('True MinimumReplicasAvailable Deployment has minimum availability.');
    expect(said(b, 'Progressing')).toMatch(/^True NewReplicaSetAvailable ReplicaSet "web-\w+" has successfully progressed\.$/);
  });
});

test('an annotation is a change of its own and reaches the ReplicaSet', () => {
  const b = roll(started());
  b.change(KEY, (d) => ({ ...d, metadata: { ...d.metadata, annotations: { ...d.metadata.annotations, 'kubernetes.io/change-cause': 'second' } } }));
  expect(b.get(KEY)?.metadata.generation).toBe(2);
  expect(b.get(KEY)?.status.observedGeneration).toBe(2);
  expect(b.list('apps/replicasets')[0]?.metadata.annotations?.['kubernetes.io/change-cause']).toBe('second');
});

describe('a rolling update', () => {
  test('never goes below what must be available or above what may be', () => {
    const b = roll(started());
    setImage(b, 'nginx:2');
    const seen: string[] = [sets(b)];
    for (let i = 0; i < 12; i++) {
      const pods = b.list('core/pods').filter((pod) => !pod.metadata.deletionTimestamp);
      expect(pods.length).toBeLessThanOrEqual(4);
      expect(pods.filter((pod) => pod.status?.phase === 'Running').length).toBeGreaterThanOrEqual(3);
      b.advance(1000).runPods().stopPods();
      if (seen.at(-1) !== sets(b)) seen.push(sets(b));
    }
    expect(seen).toEqual(['nginx:1=3/3 nginx:2=1/0', 'nginx:1=2/2 nginx:2=2/1', 'nginx:1=1/1 nginx:2=3/2', 'nginx:1=0/0 nginx:2=3/3']);
    expect(scalings(b).slice(1)).toEqual([
      'Scaled up replica set web-* from 0 to 1',
      'Scaled down replica set web-* from 3 to 2',
      'Scaled up replica set web-* from 1 to 2',
      'Scaled down replica set web-* from 2 to 1',
      'Scaled up replica set web-* from 2 to 3',
      'Scaled down replica set web-* from 1 to 0',
    ]);
  });

  test('that is stuck keeps the old pods and exceeds its deadline', () => {
    const b = roll(started({ progressDeadlineSeconds: 60 }));
    setImage(b, 'nginx:broken');
    b.advance(60_000);
    expect(sets(b)).toBe('nginx:1=3/3 nginx:broken=1/0');
    expect(condition(b, 'Progressing').reason).toBe('ReplicaSetUpdated');
    b.advance(2000);
    expect(said(b, 'Progressing')).toMatch(/^False ProgressDeadlineExceeded ReplicaSet "web-\w+" has timed out progressing\.$/);
    expect(said(b, 'Available')).toMatch(/^True /);
  });

  test('is overtaken by the next: unhealthy pods go first', () => {
    const b = roll(started());
    setImage(b, 'nginx:broken');
    setImage(b, 'nginx:3');
    expect(sets(b)).toBe('nginx:1=3/3 nginx:3=1/0 nginx:broken=0/0');
    roll(b);
    expect(sets(b)).toBe('nginx:1=0/0 nginx:3=3/3 nginx:broken=0/0');
  });

  test('back to an old template gives that ReplicaSet a new number', () => {
    const b = roll(started());
    setImage(b, 'nginx:2');
    roll(b);
    expect(revisions(b)).toBe('nginx:1@1 nginx:2@2');
    setImage(b, 'nginx:1');
    roll(b);
    expect(revisions(b)).toBe('nginx:1@3 nginx:2@2');
    const set = b.list('apps/replicasets').find((s) => imageOf(s) === 'nginx:1');
    expect(set?.metadata.annotations?.['deployment.kubernetes.io/revision-history']).toBe('1');
    expect(b.get(KEY)?.metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('3');
  });

  test('history beyond its limit is removed', () => {
    const b = roll(started({ revisionHistoryLimit: 1 }));
    for (const tag of [2, 3, 4]) {
      setImage(b, `nginx:${tag}`);
      roll(b);
    }
    expect(revisions(b)).toBe('nginx:3@3 nginx:4@4');
  });

  test('waits for pods to be ready for minReadySeconds', () => {
    const b = started({ minReadySeconds: 30, replicas: 1 });
    b.runPods().advance(29_000);
    expect(b.get(KEY)?.status).toMatchObject({ readyReplicas: 1, unavailableReplicas: 1 });
    b.advance(1000);
    expect(b.get(KEY)?.status).toMatchObject({ readyReplicas: 1, availableReplicas: 1 });
  });
});

describe('scaling', () => {
  test('during a rollout is shared out', () => {
    const b = roll(started({ replicas: 10, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 3, maxUnavailable: 2 } } }));
    setImage(b, 'nginx:broken');
    b.stopPods();
    expect(sets(b)).toBe('nginx:1=8/8 nginx:broken=5/0');
    b.change(KEY, (d) => ({ ...d, spec: { ...d.spec, replicas: 15 } }));
    expect(sets(b)).toBe('nginx:1=11/8 nginx:broken=7/0');
  });

  test('down during a rollout that is stuck leaves what must be available', () => {
    const b = roll(started({ replicas: 10, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 3, maxUnavailable: 2 } } }));
    setImage(b, 'nginx:broken');
    b.stopPods();
    b.change(KEY, (d) => ({ ...d, spec: { ...d.spec, replicas: 5 } }));
    b.stopPods();
    expect(sets(b)).toBe('nginx:1=3/3 nginx:broken=5/0');
  });
});

describe('a paused Deployment', () => {
  const pause = (b: Bench, paused: boolean) => b.change(KEY, (d) => ({ ...d, spec: { ...d.spec, paused } }));

  test('scales but does not roll, and goes on when resumed', () => {
    const b = roll(started());
    pause(b, true);
    expect(said(b, 'Progressing')).toBe('Unknown DeploymentPaused Deployment is paused');
    setImage(b, 'nginx:2');
    b.change(KEY, (d) => ({ ...d, spec: { ...d.spec, replicas: 4 } }));
    roll(b);
    expect(sets(b)).toBe('nginx:1=4/4');
    pause(b, false);
    expect(condition(b, 'Progressing').reason).toMatch(/DeploymentResumed|ReplicaSetUpdated/);
    roll(b);
    expect(sets(b)).toBe('nginx:1=0/0 nginx:2=4/4');
  });
});

test('Recreate starts new pods when all old ones are gone', () => {
  const b = roll(started({ strategy: { type: 'Recreate' } }));
  setImage(b, 'nginx:2');
  expect(sets(b)).toBe('nginx:1=0/0');
  expect(b.list('core/pods')).toHaveLength(3);
  b.advance(5000);
  expect(sets(b)).toBe('nginx:1=0/0');
  b.stopPods();
  expect(sets(b)).toBe('nginx:1=0/0 nginx:2=3/0');
  roll(b);
  expect(sets(b)).toBe('nginx:1=0/0 nginx:2=3/3');
});

test('a name that is taken by another set gives another hash', () => {
  const b = started();
  const [first] = b.list('apps/replicasets') as [KubeObject];
  b.remove(KEY, { propagationPolicy: 'Background' });
  b.change(`apps/replicasets/default/${first.metadata.name}`, (set) => ({
    ...set,
    metadata: { ...set.metadata, ownerReferences: [], labels: { other: 'x' } },
  }));
  b.create(manifest());
  expect(b.get(KEY)?.status.collisionCount).toBe(1);
  expect(b.names('apps/replicasets')).toHaveLength(2);
  expect(b.failures()).toEqual([]);
});

test('a ReplicaSet that matches is adopted, and released when it no longer does', () => {
  const b = roll(started());
  const [name] = b.names('apps/replicasets') as [string];
  const key = `apps/replicasets/default/${name}`;
  b.change(key, (set) => ({ ...set, metadata: { ...set.metadata, ownerReferences: [] } }));
  expect(b.get(key)?.metadata.ownerReferences).toMatchObject([{ name: 'web', controller: true }]);
  b.change(key, (set) => ({ ...set, metadata: { ...set.metadata, labels: { app: 'other' } } }));
  expect(b.get(key)?.metadata.ownerReferences).toBeUndefined();
});

test('it does not matter how time is cut', () => {
  const lived = (stepMs: number): string[] => {
    const b = roll(started({ progressDeadlineSeconds: 60, minReadySeconds: 7 }));
    setImage(b, 'nginx:2');
    b.runPods();
    for (let passed = 0; passed < 120_000; passed += stepMs) b.advance(stepMs);
    return encodeState(b.state);
  };
  const atOnce = lived(120_000);
  expect(lived(500)).toEqual(atOnce);
  expect(lived(8000)).toEqual(atOnce);
});
