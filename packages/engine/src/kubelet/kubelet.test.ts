import { describe, expect, it } from 'vitest';
import { failures, seen, told } from '../../testing/transcript.ts';
import { type World, world } from '../../testing/world.ts';
import type { KubeObject } from '../core/object.ts';

const shell = (script: string, more: object = {}) => ({ name: 'c', image: 'busybox:1.36', command: ['sh', '-c', script], ...more });
const nginx = (more: object = {}) => ({ name: 'c', image: 'nginx:1.25', ...more });
const create = (w: World, spec: object, meta: object = {}): KubeObject =>
  w.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'default', ...meta }, spec } as KubeObject);
const remove = (w: World, query = '') => w.request('DELETE', `/api/v1/namespaces/default/pods/p${query}`);
const log = (w: World, query = '') => w.request('GET', `/api/v1/namespaces/default/pods/p/log${query}`);

/** What kubelets and the scheduler are going to look at by themselves. */
const timers = (w: World): string[] => [...w.state.timerDue.keys()].filter((id) => /^(kubelet|scheduler)\|/.test(id));

/** What is seen of pod p after each of some pauses. */
const course = (w: World, ...pausesMs: number[]): string[] => pausesMs.map((ms) => seen(w.advance(ms), 'p'));

/** A realistic cluster whose nodes have the images already, so that pauses are about the containers. */
function warmed(...images: string[]): World {
  const w = world({ timing: 'realistic', workers: 1 });
  const containers = images.map((image, i) => ({ name: `c${i}`, image, command: ['true'] }));
  w.create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'warm', namespace: 'default' },
    spec: { restartPolicy: 'Never', containers },
  } as KubeObject);
  w.advance(60_000);
  w.request('DELETE', '/api/v1/namespaces/default/pods/warm');
  return w.advance(1000);
}

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
});

describe('containers that end', () => {
  it.each([
    ['Never', 'exit 0', 'Succeeded | c Completed:0'],
    ['Never', 'exit 3', 'Failed | c Error:3'],
    ['OnFailure', 'exit 0', 'Succeeded | c Completed:0'],
    ['OnFailure', 'exit 3', 'Running | c CrashLoopBackOff x1'],
    ['Always', 'exit 0', 'Running | c CrashLoopBackOff x1'],
  ])('restartPolicy %s, %s', (restartPolicy, script, expected) => {
    const w = world({ workers: 1 });
    create(w, { restartPolicy, containers: [shell(script)] });
    expect(seen(w, 'p')).toBe(expected);
  });

  it('backs off twice as long every time, up to five minutes', () => {
    const w = world({ workers: 1 });
    create(w, { containers: [shell('exit 1')] });
    const messages: string[] = [];
    for (const seconds of [0, 10, 20, 40, 80, 160, 300]) {
      w.advance(seconds * 1000);
      messages.push(w.object('core/pods/default/p')?.status.containerStatuses[0].state.waiting.message.replace(/ restarting.*/, ''));
    }
    expect(messages).toEqual(['10s', '20s', '40s', '1m20s', '2m40s', '5m0s', '5m0s'].map((d) => `back-off ${d}`));
  });

  it('a container that ran for ten minutes starts afresh', () => {
    const w = world({ workers: 1 });
    create(w, { containers: [shell('sleep 700; exit 1')] });
    expect(course(w, 700_000, 700_000, 700_000)).toEqual([
      'Running | c running ready x1',
      'Running | c running ready x2',
      'Running | c running ready x3',
    ]);
  });

  it('a month of crashing is counted, not played', () => {
    const w = world({ workers: 1 });
    create(w, { containers: [shell('exit 1')] });
    w.advance(3_600_000);
    const before = w.events.length;
    w.advance(30 * 86_400_000);
    const restartCount = w.object('core/pods/default/p')?.status.containerStatuses[0].restartCount;
    expect(restartCount).toBeGreaterThan((30 * 288 * 4) / 5);
    expect(restartCount).toBeLessThan(30 * 288 + 20);
    expect(w.events.length - before).toBeLessThan(500);
  });

  it('gives the log of the run before', () => {
    const w = world({ workers: 1 });
    create(w, { containers: [shell('echo one; exit 1')] });
    expect(log(w, '?previous=true').body).toBe('one\n');
    expect(log(w, '?container=x').body.message).toBe('container x is not valid for pod p');
  });

  it('annotations decide for images that nobody knows', () => {
    const w = world({ workers: 1 });
    create(
      w,
      { restartPolicy: 'Never', containers: [{ name: 'c', image: 'acme/batch:1' }] },
      { annotations: { 'sim.vivakube.dev/run-seconds': '30', 'sim.vivakube.dev/exit-code': '4' } },
    );
    expect(course(w, 29_000, 1000)).toEqual(['Running | c running ready', 'Failed | c Error:4']);
  });

  it('a server that lacks its settings says so and goes', () => {
    const w = world({ workers: 1 });
    create(w, { restartPolicy: 'Never', containers: [{ name: 'c', image: 'postgres:16' }] });
    expect(seen(w.advance(1000), 'p')).toBe('Failed | c Error:1');
    expect(log(w).body).toMatch(/^Error: Database is uninitialized and superuser password is not specified\.\n/);
  });

  it('an executable that is not there', () => {
    const w = world({ workers: 1 });
    create(w, { restartPolicy: 'Never', containers: [nginx({ command: ['blah'] })] });
    expect(w.object('core/pods/default/p')?.status.containerStatuses[0].state.terminated).toMatchObject({
      exitCode: 128,
      reason: 'StartError',
      message: expect.stringContaining('exec: "blah": executable file not found in $PATH'),
    });
  });
});

describe('initialisation', () => {
  it('goes one by one, then all others', () => {
    const w = world({ workers: 1 });
    create(w, { initContainers: [shell('sleep 2', { name: 'a' }), shell('sleep 3', { name: 'b' })], containers: [nginx()] });
    expect(course(w, 0, 2000, 3000)).toEqual([
      'Pending | a running | b PodInitializing | c PodInitializing',
      'Pending | a Completed:0 ready | b running | c PodInitializing',
      'Running | a Completed:0 ready | b Completed:0 ready | c running ready',
    ]);
  });

  it('a failure ends a pod that is not to be restarted', () => {
    const w = world({ workers: 1 });
    create(w, { restartPolicy: 'Never', initContainers: [shell('exit 2', { name: 'a' })], containers: [nginx()] });
    expect(seen(w, 'p')).toBe('Failed | a Error:2 | c PodInitializing');
  });

  it('a sidecar lives as long as the others need it', () => {
    const w = world({ workers: 1 });
    create(w, {
      restartPolicy: 'Never',
      initContainers: [shell('sleep infinity', { name: 'log', restartPolicy: 'Always' })],
      containers: [shell('sleep 5')],
    });
    expect(course(w, 1000, 4000)).toEqual(['Running | log running ready | c running ready', 'Succeeded | log Error:137 | c Completed:0']);
  });
});

it('an ephemeral container looks into a running pod and keeps nothing', () => {
  const w = world({ workers: 1 });
  create(w, { restartPolicy: 'Never', containers: [shell('sleep 60')] });
  const debug = { ephemeralContainers: [{ name: 'debug', image: 'busybox:1.36', command: ['sleep', '600'] }] };
  w.request(
    'PATCH',
    '/api/v1/namespaces/default/pods/p/ephemeralcontainers',
    { spec: debug },
    { contentType: 'application/strategic-merge-patch+json' },
  );
  expect(w.object('core/pods/default/p')?.status.ephemeralContainerStatuses).toMatchObject([{ name: 'debug', state: { running: {} }, ready: false }]);
  expect(seen(w, 'p')).toBe('Running | c running ready');
  expect(seen(w.advance(60_000), 'p')).toBe('Succeeded | c Completed:0');
});

it('a node tells which images it has', () => {
  const w = world({ workers: 1 });
  create(w, { containers: [nginx()] });
  expect(w.object('core/nodes//vivakube-worker')?.status.images).toEqual([
    { names: [expect.stringMatching(/^docker.io\/library\/nginx@sha256:/), 'docker.io/library/nginx:1.25'], sizeBytes: expect.any(Number) },
  ]);
});

it('a termination message is what the container wrote, or the end of its log', () => {
  const w = world({ workers: 1 });
  const fallback = { terminationMessagePolicy: 'FallbackToLogsOnError' };
  create(w, {
    restartPolicy: 'Never',
    containers: [
      shell('echo why > /dev/termination-log; exit 1'),
      shell('echo log; exit 1', { name: 'd', ...fallback }),
      shell('echo fine', { name: 'e', ...fallback }),
    ],
  });
  const messages = w.object('core/pods/default/p')?.status.containerStatuses.map((c: KubeObject['status']) => c.state.terminated.message);
  expect(messages).toEqual(['why\n', 'log\n', undefined]);
});

it('a sidecar that crashes comes back, and the pod stays initialised', () => {
  const w = world({ workers: 1 });
  create(w, { initContainers: [shell('sleep 5; exit 1', { name: 'log', restartPolicy: 'Always' })], containers: [nginx()] });
  expect(course(w, 1000, 4000)).toEqual(['Running | log running ready | c running ready', 'Running | log running ready x1 | c running ready']);
  expect(seen(w.advance(5000), 'p')).toBe('Running | log CrashLoopBackOff x1 | c running ready');
});

describe('probes', () => {
  it('liveness: what a script does to its files decides', () => {
    const w = warmed('busybox:1.36');
    const livenessProbe = { exec: { command: ['cat', '/tmp/healthy'] }, initialDelaySeconds: 1, periodSeconds: 2, failureThreshold: 1 };
    create(w, {
      terminationGracePeriodSeconds: 1,
      containers: [shell('touch /tmp/healthy; sleep 5; rm -f /tmp/healthy; sleep 600', { livenessProbe })],
    });
    expect(course(w, 5000, 8000)).toEqual(['Running | c running ready', 'Running | c running ready x1']);
    expect(told(w, 'p')).toEqual(
      expect.arrayContaining([
        "Unhealthy: Liveness probe failed: cat: can't open '/tmp/healthy': No such file or directory",
        'Killing: Container c failed liveness probe, will be restarted',
      ]),
    );
  });

  it('readiness: not ready until it answers', () => {
    const w = world({ timing: 'realistic', workers: 1 });
    const readinessProbe = { tcpSocket: { port: 5432 }, periodSeconds: 1 };
    create(w, { containers: [{ name: 'c', image: 'postgres:16', env: [{ name: 'POSTGRES_PASSWORD', value: 'x' }], readinessProbe }] });
    const states = new Set(Array.from({ length: 12 }, () => seen(w.advance(1000), 'p')));
    expect([...states]).toEqual(['Pending | c ContainerCreating', 'Running | c running', 'Running | c running ready']);
  });

  it('a passing probe sets no timer', () => {
    const w = world({ workers: 1 });
    const probe = { httpGet: { path: '/', port: 80 }, periodSeconds: 5 };
    create(w, { containers: [nginx({ readinessProbe: probe, livenessProbe: probe, startupProbe: probe })] });
    expect(seen(w, 'p')).toBe('Running | c running ready');
    expect(timers(w)).toEqual([]);
  });

  it.each([
    [{ httpGet: { path: '/nope', port: 80 } }, 'HTTP probe failed with statuscode: 404'],
    [{ httpGet: { path: '/', port: 81 } }, 'Get "http://10.244.1.2:81/": dial tcp 10.244.1.2:81: connect: connection refused'],
    [{ tcpSocket: { port: 81 } }, 'dial tcp 10.244.1.2:81: connect: connection refused'],
    [{ exec: { command: ['false'] } }, ''],
  ])('a failing one: %j', (probe, output) => {
    const w = world({ workers: 1 });
    create(w, { containers: [nginx({ readinessProbe: probe })] });
    expect(seen(w, 'p')).toBe('Running | c running');
    expect(told(w, 'p')).toContain(`Unhealthy: Readiness probe failed: ${output}`);
    w.advance(2 * 3_600_000);
    expect(timers(w)).toEqual([]);
  });

  it('readiness gates are for others to open', () => {
    const w = world({ workers: 1 });
    create(w, { readinessGates: [{ conditionType: 'x.io/up' }], containers: [nginx()] });
    const ready = () => w.object('core/pods/default/p')?.status.conditions.find((c: { type: string }) => c.type === 'Ready');
    expect(ready()).toMatchObject({
      status: 'False',
      reason: 'ReadinessGatesNotReady',
      message: 'corresponding condition of pod readiness gate "x.io/up" does not exist.',
    });
    w.request(
      'PATCH',
      '/api/v1/namespaces/default/pods/p/status',
      { status: { conditions: [{ type: 'x.io/up', status: 'True' }] } },
      { contentType: 'application/strategic-merge-patch+json' },
    );
    expect(ready()).toMatchObject({ status: 'True' });
  });
});

describe('the end', () => {
  it('a server goes soon after SIGTERM', () => {
    const w = warmed('nginx:1.25');
    create(w, { containers: [nginx()] });
    w.advance(3000);
    remove(w);
    expect(course(w, 0, 1000)).toEqual(['Running | c running ready', 'gone']);
  });

  it('what ignores the signal is killed when its grace is over', () => {
    const w = warmed('busybox:1.36');
    create(w, { containers: [shell('sleep 3600')], terminationGracePeriodSeconds: 10 });
    w.advance(3000);
    remove(w);
    expect(course(w, 9900, 100)).toEqual(['Running | c running ready', 'gone']);
    expect(told(w, 'p')).toContain('Killing: Stopping container c');
  });

  it('a later delete may shorten the grace', () => {
    const w = warmed('busybox:1.36');
    create(w, { containers: [shell('sleep 3600')] });
    w.advance(3000);
    remove(w);
    w.advance(1000);
    remove(w, '?gracePeriodSeconds=2');
    expect(course(w, 1900, 100)).toEqual(['Running | c running ready', 'gone']);
  });

  it('a pod that never started goes at once', () => {
    const w = world({ workers: 1 });
    create(w, { containers: [nginx({ image: 'nginx:1.161' })] });
    remove(w);
    expect(seen(w, 'p')).toBe('gone');
  });

  it('a deadline ends what takes too long', () => {
    const w = world({ workers: 1 });
    create(w, { restartPolicy: 'Never', activeDeadlineSeconds: 5, containers: [shell('sleep 100')] });
    expect(course(w, 4999, 1)).toEqual(['Running | c running ready', 'Failed | c Error:137']);
    expect(w.object('core/pods/default/p')?.status).toMatchObject({
      reason: 'DeadlineExceeded',
      message: 'Pod was active on the node longer than the specified deadline',
    });
  });
});

describe('logs', () => {
  it('are what the command printed', () => {
    const w = world({ workers: 1 });
    create(w, { restartPolicy: 'Never', containers: [shell('for i in 1 2 3; do echo round $i; sleep 1; done')] });
    w.advance(1500);
    expect(log(w).body).toBe('round 1\nround 2\n');
    w.advance(10_000);
    expect(log(w, '?tailLines=1').body).toBe('round 3\n');
    expect(log(w, '?timestamps=true&tailLines=1').body).toBe('2026-01-01T00:00:02.000000000Z round 3\n');
  });

  it('know the variables of the pod, in commands as well', () => {
    const w = world({ workers: 1 });
    const env = [
      { name: 'A', value: 'x' },
      { name: 'B', value: '$(A)y' },
      { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
    ];
    create(w, { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox:1.36', command: ['sh', '-c', 'echo $(B) $B $NODE'], env }] });
    expect(log(w).body).toBe('xy xy vivakube-worker\n');
  });

  it('show what is mounted', () => {
    const w = world({ workers: 1 });
    w.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'cm', namespace: 'default' }, data: { k: 'v' } } as KubeObject);
    w.create({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'default' }, stringData: { p: 'geheim' } } as KubeObject);
    const volumeMounts = [
      { name: 'a', mountPath: '/a' },
      { name: 'b', mountPath: '/b' },
    ];
    const volumes = [
      { name: 'a', configMap: { name: 'cm' } },
      { name: 'b', secret: { secretName: 's' } },
    ];
    create(w, { restartPolicy: 'Never', containers: [shell('cat /a/k; cat /b/p', { volumeMounts })], volumes });
    expect(log(w).body).toBe('v\ngeheim\n');
  });

  it('of an endless loop go on for ever', () => {
    const w = world({ workers: 1 });
    create(w, { containers: [shell('while true; do date +%T; sleep 10; done')] });
    w.advance(86_400_000 + 5000);
    expect(log(w, '?tailLines=2').body).toBe('23:59:50\n00:00:00\n');
  });

  it('of a container that waits are refused', () => {
    const w = world({ workers: 1 });
    create(w, { containers: [nginx({ image: 'nginx:1.161' })] });
    expect(log(w)).toMatchObject({ code: 400, body: { message: 'container "c" in pod "p" is waiting to start: ImagePullBackOff' } });
  });

  it('show the variables of services', () => {
    const w = world({ workers: 1 });
    w.create({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'my-db', namespace: 'default' },
      spec: { ports: [{ port: 5432 }], selector: { a: 'b' } },
    } as KubeObject);
    create(w, { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox:1.36', command: ['env'] }] });
    expect(log(w).body).toContain(`MY_DB_SERVICE_HOST=${w.object('core/services/default/my-db')?.spec.clusterIP}\n`);
  });
});

it('does the same however time is cut', () => {
  const play = (steps: number[]): string => {
    const w = world({ timing: 'realistic', workers: 2 });
    create(w, { containers: [shell('sleep 7; exit 1')] });
    w.apply({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'q', namespace: 'default' },
      spec: { containers: [nginx({ image: 'nginx:0', readinessProbe: { httpGet: { path: '/x', port: 80 } } })] },
    });
    for (const ms of steps) w.advance(ms);
    return JSON.stringify([[...w.state.objects.values()].map((s) => s.object), [...w.state.runtime.entries()]]);
  };
  const whole = play([120_000]);
  expect(play(Array.from({ length: 120 }, () => 1000))).toBe(whole);
  expect(play([333, 1, 7777, 50_000, 120_000 - 333 - 1 - 7777 - 50_000])).toBe(whole);
});
