import { describe, expect, it } from 'vitest';
import { course, create, log, nginx, shell, warmed } from '../../testing/kubelet-pods.ts';
import { seen } from '../../testing/transcript.ts';
import { world } from '../../testing/world.ts';
import type { KubeObject } from '../core/object.ts';

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
      startedAt: '1970-01-01T00:00:00Z',
      message: expect.stringContaining('exec: "blah": executable file not found in $PATH'),
    });
  });

  it('one that is to be restarted waits with the reason, then with its back-off', () => {
    const w = warmed('nginx:1.25');
    create(w, { containers: [nginx({ command: ['blah'] })] });
    const shown: string[] = [];
    for (let i = 0; i < 60; i++) {
      const { state, lastState } = w.advance(100).object('core/pods/default/p')?.status.containerStatuses?.[0] ?? {};
      const line = `${state?.waiting?.reason} after ${lastState?.terminated?.reason}`;
      if (line !== shown.at(-1)) shown.push(line);
    }
    expect(shown).toEqual(['ContainerCreating after undefined', 'RunContainerError after StartError', 'CrashLoopBackOff after StartError']);
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
  expect(w.object('core/pods/default/p')?.status.ephemeralContainerStatuses[0]).not.toHaveProperty('started');
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
