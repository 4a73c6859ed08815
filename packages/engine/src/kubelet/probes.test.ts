import { describe, expect, it } from 'vitest';
import { course, create, nginx, remove, shell, timers, warmed } from '../../testing/kubelet-pods.ts';
import { seen, told } from '../../testing/transcript.ts';
import { world } from '../../testing/world.ts';

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

it.each([
  [nginx({ name: 'c' }), { port: 80 }, 'timeout: failed to connect service "10.244.1.2:80" within 1s: context deadline exceeded'],
  [{ name: 'c', image: 'registry.k8s.io/etcd:3.5.15-0' }, { port: 2379 }, undefined],
])('a health check over gRPC: %j', (container, grpc, output) => {
  const w = world({ workers: 1 });
  create(w, { containers: [{ ...container, readinessProbe: { grpc, failureThreshold: 1 } }] });
  expect(seen(w, 'p')).toBe(output ? 'Running | c running' : 'Running | c running ready');
  expect(told(w, 'p').filter((t) => t.startsWith('Unhealthy'))).toEqual(output ? [`Unhealthy: Readiness probe failed: ${output}`] : []);
});

it.each([
  ['a server that goes in peace', nginx(), 'Succeeded | c Completed:0'],
  ['what had to be killed', shell('sleep 1000'), 'Failed | c Error:137'],
  ['what waited to be restarted', shell('exit 1'), 'Failed | c ContainerStatusUnknown:137 x1'],
  ['what never started', nginx({ image: 'nginx:1.161' }), 'Failed | c ImagePullBackOff'],
])('a deleted pod ends in a final phase: %s', (_, container, expected) => {
  const w = world({ workers: 1 });
  create(w, { containers: [container] }, { finalizers: ['example.com/keep'] });
  remove(w);
  expect(seen(w, 'p')).toBe(expected);
});

it('a server that is well for ten seconds', () => {
  const w = warmed('registry.k8s.io/e2e-test-images/agnhost:2.40');
  const livenessProbe = { httpGet: { path: '/healthz', port: 8080 }, initialDelaySeconds: 3, periodSeconds: 3 };
  create(w, { containers: [{ name: 'c', image: 'registry.k8s.io/e2e-test-images/agnhost:2.40', args: ['liveness'], livenessProbe }] });
  expect(course(w, 12_000, 20_000)).toEqual(['Running | c running ready', 'Running | c running ready x1']);
  expect(told(w, 'p')).toContain('Unhealthy x3: Liveness probe failed: HTTP probe failed with statuscode: 500');
});
