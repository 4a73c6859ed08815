import { describe, expect, test } from 'vitest';
import { said } from '../../../testing/jobs.ts';
import { images, names, patch, statefulSet } from '../../../testing/sets.ts';
import { type World, world } from '../../../testing/world.ts';

const SET = '/apis/apps/v1/namespaces/default/statefulsets/web';
const PODS = '/api/v1/namespaces/default/pods';
const OLD = 'nginx:1.14.2';
const NEW = 'nginx:1.16.1';
const status = (w: World) => w.object('apps/statefulsets/default/web')?.status;
const revisions = (w: World) => w.objects('apps/controllerrevisions', 'default').sort((a, b) => a.revision - b.revision);
const setImage = (w: World, image: string, spec: object = {}) =>
  patch(w, SET, { spec: { template: { spec: { containers: [{ name: 'nginx', image }] } }, ...spec } });

function running(spec: object = {}): World {
  const w = world({ timing: 'realistic' });
  w.apply(statefulSet(spec));
  return w.advance(60_000);
}

describe('pods', () => {
  test('start one after the other, each with its identity', () => {
    const w = world({ timing: 'realistic' });
    w.apply(statefulSet());
    expect(names(w)).toEqual(['web-0']);
    w.advance(60_000);
    const pods = w.objects('core/pods', 'default');
    expect(pods.map(({ metadata }) => metadata.name)).toEqual(['web-0', 'web-1', 'web-2']);
    const readyAt = (i: number) => pods[i]?.status.conditions.find((c: { type: string }) => c.type === 'Ready').lastTransitionTime;
    expect((pods[1]?.metadata.creationTimestamp as string) >= readyAt(0)).toBe(true);
    expect(pods[1]?.spec).toMatchObject({ hostname: 'web-1', subdomain: 'nginx' });
    expect(pods[1]?.metadata.labels).toEqual({
      app: 'nginx',
      'apps.kubernetes.io/pod-index': '1',
      'controller-revision-hash': revisions(w)[0]?.metadata.name,
      'statefulset.kubernetes.io/pod-name': 'web-1',
    });
    expect(said(w, 'web')).toEqual([0, 1, 2].map((i) => `SuccessfulCreate: create Pod web-${i} in StatefulSet web successful`));
    expect(status(w)).toEqual({
      observedGeneration: 1,
      replicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      currentReplicas: 3,
      updatedReplicas: 3,
      currentRevision: revisions(w)[0]?.metadata.name,
      updateRevision: revisions(w)[0]?.metadata.name,
      collisionCount: 0,
    });
  });

  test('all start at once where the order does not matter, from the first ordinal on', () => {
    const w = world({ timing: 'realistic' });
    w.apply(statefulSet({ podManagementPolicy: 'Parallel', ordinals: { start: 5 } }));
    expect(names(w)).toEqual(['web-5', 'web-6', 'web-7']);
  });

  test('wait until the one before is available', () => {
    const w = world({ timing: 'realistic' });
    w.apply(statefulSet({ minReadySeconds: 30 }));
    w.advance(25_000);
    expect(names(w)).toEqual(['web-0']);
    w.advance(15_000);
    expect(names(w)).toEqual(['web-0', 'web-1']);
    expect(status(w)).toMatchObject({ availableReplicas: 1 });
  });

  test('go from the highest ordinal down', () => {
    const w = running();
    patch(w, SET, { spec: { replicas: 1 } });
    expect(w.object('core/pods/default/web-2')?.metadata.deletionTimestamp).toBeDefined();
    expect(w.object('core/pods/default/web-1')?.metadata.deletionTimestamp).toBeUndefined();
    w.advance(30_000);
    expect(names(w)).toEqual(['web-0']);
    expect(said(w, 'web').slice(-2)).toEqual([2, 1].map((i) => `SuccessfulDelete: delete Pod web-${i} in StatefulSet web successful`));
  });

  test('that nobody counts on yet need not become available before they go', () => {
    const w = world({ timing: 'realistic' });
    w.apply(statefulSet({ minReadySeconds: 30, replicas: 1 }));
    w.advance(60_000);
    patch(w, SET, { spec: { replicas: 2 } });
    w.advance(10_000);
    expect(status(w)).toMatchObject({ readyReplicas: 2, availableReplicas: 1 });
    patch(w, SET, { spec: { replicas: 1 } });
    w.advance(5000);
    expect(names(w)).toEqual(['web-0']);
  });

  test('come back under their name when they are deleted', () => {
    const w = running();
    const before = w.object('core/pods/default/web-1')?.metadata.uid;
    w.request('DELETE', `${PODS}/web-1`);
    w.advance(30_000);
    expect(w.object('core/pods/default/web-1')?.metadata.uid).not.toBe(before);
    expect(status(w).readyReplicas).toBe(3);
  });

  test('of the name and labels are adopted', () => {
    const w = world({ timing: 'realistic' });
    w.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web-0', labels: { app: 'nginx' } },
      spec: { containers: [{ name: 'nginx', image: OLD }] },
    });
    w.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'other', labels: { app: 'nginx' } },
      spec: { containers: [{ name: 'nginx', image: OLD }] },
    });
    w.apply(statefulSet({ replicas: 1, updateStrategy: { type: 'OnDelete' } }));
    w.advance(30_000);
    expect(names(w)).toEqual(['other', 'web-0']);
    expect(w.object('core/pods/default/web-0')?.metadata.ownerReferences).toMatchObject([{ kind: 'StatefulSet', name: 'web' }]);
    expect(w.object('core/pods/default/web-0')?.metadata.labels).toMatchObject({ 'statefulset.kubernetes.io/pod-name': 'web-0' });
    expect(w.object('core/pods/default/other')?.metadata.ownerReferences).toBeUndefined();
  });
});

test('a set that waits for its pods to go makes no history anew', () => {
  const w = running({
    template: {
      metadata: { labels: { app: 'nginx' } },
      spec: { containers: [{ name: 'nginx', image: 'busybox', command: ['sh', '-c', 'trap "" TERM; sleep 999'] }] },
    },
  });
  const before = w.state.revision;
  w.request('DELETE', `${SET}?propagationPolicy=Foreground`);
  expect(w.object('apps/statefulsets/default/web')?.metadata.deletionTimestamp).toBeDefined();
  expect(revisions(w)).toEqual([]);
  w.advance(60_000);
  expect(w.object('apps/statefulsets/default/web')).toBeUndefined();
  expect(names(w)).toEqual([]);
  expect(w.state.revision - before).toBeLessThan(40);
});

describe('an update', () => {
  test('goes from the highest ordinal down and becomes current', () => {
    const w = running();
    setImage(w, NEW);
    expect(w.object('core/pods/default/web-2')?.metadata.deletionTimestamp).toBeDefined();
    expect(status(w).currentRevision).not.toBe(status(w).updateRevision);
    w.advance(90_000);
    expect(images(w)).toEqual([`web-0 ${NEW}`, `web-1 ${NEW}`, `web-2 ${NEW}`]);
    expect(status(w)).toMatchObject({ updatedReplicas: 3, currentReplicas: 3, currentRevision: status(w).updateRevision });
    expect(revisions(w).map(({ revision }) => revision)).toEqual([1, 2]);
  });

  test('stops at the partition; what is below comes back as it was', () => {
    const w = running();
    setImage(w, NEW, { updateStrategy: { rollingUpdate: { partition: 2 } } });
    w.advance(60_000);
    expect(images(w)).toEqual([`web-0 ${OLD}`, `web-1 ${OLD}`, `web-2 ${NEW}`]);
    expect(status(w)).toMatchObject({ currentReplicas: 2, updatedReplicas: 1 });
    w.request('DELETE', `${PODS}/web-0`);
    w.advance(30_000);
    expect(images(w)[0]).toBe(`web-0 ${OLD}`);
  });

  test('that cannot start waits for a hand', () => {
    const w = running();
    setImage(w, 'nginx:1.161');
    w.advance(60_000);
    expect(images(w)).toEqual([`web-0 ${OLD}`, `web-1 ${OLD}`, 'web-2 nginx:1.161']);
    setImage(w, OLD);
    w.advance(60_000);
    expect(images(w)[2]).toBe('web-2 nginx:1.161');
    w.request('DELETE', `${PODS}/web-2`);
    w.advance(60_000);
    expect(images(w)[2]).toBe(`web-2 ${OLD}`);
    expect(status(w)).toMatchObject({ readyReplicas: 3, currentRevision: status(w).updateRevision });
  });

  test('leaves pods alone until somebody deletes them', () => {
    const w = running({ updateStrategy: { type: 'OnDelete' } });
    setImage(w, NEW);
    w.advance(60_000);
    expect(images(w)).toEqual([`web-0 ${OLD}`, `web-1 ${OLD}`, `web-2 ${OLD}`]);
    w.request('DELETE', `${PODS}/web-0`);
    w.advance(60_000);
    expect(images(w)[0]).toBe(`web-0 ${NEW}`);
  });

  test('takes several at once where so many may be missing', () => {
    const w = running({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 2 } } });
    setImage(w, NEW);
    const going = () =>
      w
        .objects('core/pods', 'default')
        .filter(({ metadata }) => metadata.deletionTimestamp)
        .map(({ metadata }) => metadata.name);
    expect(going()).toEqual(['web-1', 'web-2']);
  });

  test('back brings the old revision to the front', () => {
    const w = running();
    setImage(w, NEW);
    w.advance(90_000);
    const [first, second] = revisions(w).map(({ metadata }) => metadata.name);
    patch(w, SET, revisions(w)[0]?.data);
    w.advance(90_000);
    expect(revisions(w).map(({ metadata, revision }) => [metadata.name, revision])).toEqual([
      [second, 2],
      [first, 3],
    ]);
    expect(images(w)).toEqual([`web-0 ${OLD}`, `web-1 ${OLD}`, `web-2 ${OLD}`]);
  });

  test.each([
    [1, [3, 4]],
    [-1, [1, 2, 3, 4]],
  ])('forgets revisions beyond the limit %i', (revisionHistoryLimit, kept) => {
    const w = running({ replicas: 1, revisionHistoryLimit });
    for (const image of ['nginx:1.16.1', 'httpd:2.4', 'redis:7.2']) {
      setImage(w, image);
      w.advance(60_000);
    }
    expect(revisions(w).map(({ revision }) => revision)).toEqual(kept);
  });
});

describe('claims', () => {
  const volumeClaimTemplates = [{ metadata: { name: 'www' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } }];
  const claims = (w: World) => w.objects('core/persistentvolumeclaims', 'default').filter(({ metadata }) => !metadata.deletionTimestamp);
  const owners = (w: World) =>
    claims(w).map(({ metadata }) => `${metadata.name} ${(metadata.ownerReferences ?? []).map((ref) => ref.kind).join()}`.trim());

  test('are made before the pod, one for each', () => {
    const w = world({ timing: 'realistic' });
    w.apply(statefulSet({ podManagementPolicy: 'Parallel', volumeClaimTemplates }));
    expect(owners(w)).toEqual(['www-web-0', 'www-web-1', 'www-web-2']);
    expect(claims(w)[0]?.metadata.labels).toEqual({ app: 'nginx' });
    expect(w.object('core/pods/default/web-1')?.spec.volumes).toContainEqual({ name: 'www', persistentVolumeClaim: { claimName: 'www-web-1' } });
    expect(said(w, 'web').slice(0, 2)).toEqual([
      'SuccessfulCreate: create Claim www-web-0 Pod web-0 in StatefulSet web success',
      'SuccessfulCreate: create Pod web-0 in StatefulSet web successful',
    ]);
  });

  test('go with the set or with the pod where the policy says so', () => {
    const w = world({ timing: 'instant' });
    const policy = (whenDeleted: string, whenScaled: string) => ({ persistentVolumeClaimRetentionPolicy: { whenDeleted, whenScaled } });
    w.apply(statefulSet({ podManagementPolicy: 'Parallel', volumeClaimTemplates, ...policy('Delete', 'Retain') }));
    w.advance(0);
    expect(owners(w)).toEqual(['www-web-0 StatefulSet', 'www-web-1 StatefulSet', 'www-web-2 StatefulSet']);
    patch(w, SET, { spec: policy('Retain', 'Retain') });
    expect(owners(w)).toEqual(['www-web-0', 'www-web-1', 'www-web-2']);
    patch(w, SET, { spec: { ...policy('Retain', 'Delete'), replicas: 1 } });
    w.advance(60_000);
    expect(owners(w)).toEqual(['www-web-0']);
  });
});
