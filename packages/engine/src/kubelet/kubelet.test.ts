import { describe, expect, it } from 'vitest';
import { course, create, nginx, remove, shell, timers, warmed } from '../../testing/kubelet-pods.ts';
import { failures, seen, told } from '../../testing/transcript.ts';
import { world } from '../../testing/world.ts';
import type { KubeObject } from '../core/object.ts';

describe('a pod that runs', () => {
  it('is ready in the instant of its creation where timing is instant', () => {
    const w = world();
    create(w, { containers: [nginx()] });
    expect(seen(w, 'p')).toBe('Running | c running ready');
    expect(told(w, 'p')).toEqual([
      'Created: Container created',
      expect.stringMatching(/^Pulled: Successfully pulled image "nginx:1.25" in 0ms \(0ms including waiting\). Image size: \d+ bytes.$/),
      'Pulling: Pulling image "nginx:1.25"',
      expect.stringMatching(/^Scheduled: Successfully assigned default\/p to vivakube-worker2?$/),
      'Started: Container started',
    ]);
    expect(failures(w)).toEqual([]);
  });

  it('takes its time where timing is realistic, and less once the image is there', () => {
    const w = warmed('nginx:1.25');
    create(w, { containers: [nginx()] });
    expect(course(w, 0, 1600)).toEqual(['Pending | c ContainerCreating', 'Running | c running ready']);
    expect(told(w, 'p')).toContain('Pulled: Container image "nginx:1.25" already present on machine and can be accessed by the pod');
  });

  it('has the status of a real one', () => {
    const w = world({ workers: 1 });
    create(w, { containers: [nginx({ resources: { requests: { cpu: '100m' } } })], securityContext: { runAsUser: 1000 } });
    const { status } = w.object('core/pods/default/p') as KubeObject;
    const time = '2026-01-01T00:00:00Z';
    const condition = (type: string) => ({ type, status: 'True', lastProbeTime: null, lastTransitionTime: time, observedGeneration: 1 });
    expect(status).toMatchObject({
      phase: 'Running',
      hostIP: '172.18.0.3',
      hostIPs: [{ ip: '172.18.0.3' }],
      podIP: '10.244.1.2',
      podIPs: [{ ip: '10.244.1.2' }],
      qosClass: 'Burstable',
      startTime: time,
      observedGeneration: 1,
    });
    expect([...status.conditions].sort((a, b) => (a.type < b.type ? -1 : 1))).toEqual(
      ['ContainersReady', 'Initialized', 'PodReadyToStartContainers', 'PodScheduled', 'Ready'].map(condition),
    );
    expect(status.containerStatuses).toEqual([
      {
        name: 'c',
        image: 'docker.io/library/nginx:1.25',
        imageID: expect.stringMatching(/^docker.io\/library\/nginx@sha256:[0-9a-f]{64}$/),
        containerID: expect.stringMatching(/^containerd:\/\/[0-9a-f]{64}$/),
        ready: true,
        started: true,
        restartCount: 0,
        state: { running: { startedAt: time } },
        lastState: {},
        allocatedResources: { cpu: '100m' },
        resources: { requests: { cpu: '100m' } },
        user: { linux: { uid: 1000, gid: 0, supplementalGroups: [0] } },
        ...(status.containerStatuses[0].volumeMounts ? { volumeMounts: expect.anything() } : {}),
      },
    ]);
  });

  it('gives its address back', () => {
    const w = world({ workers: 1 });
    create(w, { containers: [nginx()] });
    expect([...w.state.runtime.keys('ip/vivakube-worker/')]).toEqual(['ip/vivakube-worker/002']);
    remove(w);
    expect(w.object('core/pods/default/p')).toBeUndefined();
    expect([...w.state.runtime.keys('ip/vivakube-worker/')]).toEqual([]);
    expect([...w.state.runtime.keys('kubelet/')]).toEqual([]);
    create(w, { containers: [nginx()] });
    expect(w.object('core/pods/default/p')?.status.podIP).toBe('10.244.1.3');
  });

  it('stays Pending on a node that nothing runs on', () => {
    const w = world({ workers: 1 });
    w.create({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'paper' } } as KubeObject);
    create(w, { nodeName: 'paper', containers: [nginx()] });
    expect(seen(w.advance(60_000), 'p')).toBe('Pending');
  });
});

it.each([
  ['Succeeded', nginx(), 5000],
  ['Failed', shell('sleep 999'), 40_000],
])('a deleted pod that something holds on to ends as %s, whatever its restart policy', (phase, container, waitMs) => {
  const w = warmed(container.image);
  create(w, { containers: [container] }, { finalizers: ['example.com/hold'] });
  w.advance(5000);
  remove(w);
  w.advance(waitMs);
  expect(w.object('core/pods/default/p')?.status.phase).toBe(phase);
});

it('a pod that runs already is taken over as it is', () => {
  const w = world({ workers: 1 });
  create(w, { containers: [nginx()] });
  const { uid } = (w.object('core/pods/default/p') as KubeObject).metadata;
  w.state = { ...w.state, runtime: w.state.runtime.delete(`kubelet/${uid}`), lineage: undefined };
  const before = w.object('core/pods/default/p')?.status;
  w.advance(60_000);
  w.request('PATCH', '/api/v1/namespaces/default/pods/p', { metadata: { labels: { a: 'b' } } }, { contentType: 'application/merge-patch+json' });
  expect(w.object('core/pods/default/p')?.status).toEqual(before);
  remove(w);
  expect(seen(w, 'p')).toBe('gone');
});

describe('images', () => {
  it('a tag that does not exist', () => {
    const w = world({ timing: 'realistic', workers: 1 });
    create(w, { containers: [nginx({ image: 'nginx:1.161' })] });
    const states = course(w, 3000, 4000, 10_000);
    expect(states[0]).toMatch(/Pending \| c (ContainerCreating|ErrImagePull)/);
    expect(states.slice(1)).toEqual(
      ['Pending | c ImagePullBackOff', 'Pending | c ErrImagePull'].map((s) =>
        expect.stringMatching(s.replace('ErrImagePull', '(ErrImagePull|ImagePullBackOff)')),
      ),
    );
    const notFound =
      'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:1.161": failed to resolve reference "docker.io/library/nginx:1.161": docker.io/library/nginx:1.161: not found';
    const reasons = told(w, 'p').map((t) => t.replace(/ x\d+:/, ':'));
    expect(reasons).toEqual(
      expect.arrayContaining([
        `Failed: Failed to pull image "nginx:1.161": ${notFound}`,
        'Failed: Error: ErrImagePull',
        'Failed: Error: ImagePullBackOff',
        'BackOff: Back-off pulling image "nginx:1.161"',
      ]),
    );
    w.advance(2 * 3_600_000);
    expect(timers(w)).toEqual([]);
    expect(w.object('core/pods/default/p')?.status.containerStatuses[0].state.waiting).toEqual({
      reason: 'ImagePullBackOff',
      message: `Back-off pulling image "nginx:1.161": ErrImagePull: ${notFound}`,
    });
  });

  it('another image is tried at once', () => {
    const w = world({ workers: 1 });
    create(w, { containers: [nginx({ image: 'nginx:1.161' })] });
    expect(seen(w, 'p')).toBe('Pending | c ImagePullBackOff');
    w.request(
      'PATCH',
      '/api/v1/namespaces/default/pods/p',
      { spec: { containers: [{ name: 'c', image: 'nginx:1.25' }] } },
      { contentType: 'application/strategic-merge-patch+json' },
    );
    expect(seen(w, 'p')).toBe('Running | c running ready');
  });

  it.each([
    [
      'InvalidImageName',
      { image: 'nginx::1' },
      'Failed to apply default image tag "nginx::1": couldn\'t parse image name "nginx::1": invalid reference format',
    ],
    ['ErrImageNeverPull', { imagePullPolicy: 'Never' }, 'Container image "nginx:1.25" is not present with pull policy of Never'],
    ['CreateContainerConfigError', { envFrom: [{ configMapRef: { name: 'cm' } }] }, 'configmap "cm" not found'],
    ['CreateContainerConfigError', { env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] }, 'secret "s" not found'],
  ])('%s', (reason, container, message) => {
    const w = world({ workers: 1 });
    create(w, { containers: [nginx(container)] });
    expect(w.object('core/pods/default/p')?.status.containerStatuses[0].state).toEqual({ waiting: { reason, message } });
    expect(timers(w)).toEqual([]);
  });

  it('a container starts as soon as its ConfigMap is there', () => {
    const w = world({ workers: 1 });
    create(w, { containers: [nginx({ env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'cm', key: 'k' } } }] })] });
    const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'cm', namespace: 'default' }, data: { other: 'x' } };
    w.create(configMap);
    expect(w.object('core/pods/default/p')?.status.containerStatuses[0].state.waiting.message).toBe("couldn't find key k in ConfigMap default/cm");
    w.apply({ ...configMap, data: { k: 'v' } });
    expect(seen(w, 'p')).toBe('Running | c running ready');
    expect([...w.state.runtime.keys('kubelet-await/')]).toEqual([]);
  });

  it('a volume that cannot be mounted holds the whole pod', () => {
    const w = world({ workers: 1 });
    create(w, { containers: [nginx()], volumes: [{ name: 'v', secret: { secretName: 's' } }] });
    expect(seen(w, 'p')).toBe('Pending | c ContainerCreating');
    expect(told(w, 'p')).toContain('FailedMount: MountVolume.SetUp failed for volume "v" : secret "s" not found');
    w.create({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'default' } } as KubeObject);
    expect(seen(w, 'p')).toBe('Running | c running ready');
  });

  it('a volume that cannot be mounted is tried again, and told of each time', () => {
    const w = world({ workers: 1 });
    create(w, { containers: [nginx()], volumes: [{ name: 'v', secret: { secretName: 's' } }] });
    const failures = () => w.objects('core/events').filter(({ reason }) => reason === 'FailedMount');
    const count = () => failures()[0]?.count;
    const counts = [0, 500, 1000, 2000, 60_000, 64_000, 120_000, 1_200_000].map((ms) => w.advance(ms) && count());
    expect(counts).toEqual([1, 2, 3, 4, 8, 9, 10, 20]);
    w.create({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'default' } } as KubeObject);
    w.advance(600_000);
    expect([failures().length, count(), seen(w, 'p')]).toEqual([1, 20, 'Running | c running ready']);
  });
});

it('why a pod failed is told once its containers are gone', () => {
  const w = world({ timing: 'realistic', workers: 1 });
  create(w, { activeDeadlineSeconds: 10, containers: [shell('sleep 100')] });
  expect(w.advance(15_000).object('core/pods/default/p')?.status).not.toHaveProperty('reason');
  expect(w.object('core/pods/default/p')?.status.phase).toBe('Running');
  expect(w.advance(30_000).object('core/pods/default/p')?.status).toMatchObject({ phase: 'Failed', reason: 'DeadlineExceeded' });
});
