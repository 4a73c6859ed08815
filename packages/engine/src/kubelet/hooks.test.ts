import { describe, expect, it } from 'vitest';
import { course, create, nginx, remove, shell, warmed } from '../../testing/kubelet-pods.ts';
import { seen, told } from '../../testing/transcript.ts';
import { type World, world } from '../../testing/world.ts';

const waiting = (w: World) => w.object('core/pods/default/p')?.status.containerStatuses[0].state.waiting;

describe('postStart', () => {
  it('a container is not running before its hook is through, nor is the next one started', () => {
    const w = world({ workers: 1 });
    const lifecycle = { postStart: { exec: { command: ['sh', '-c', 'sleep 3'] } } };
    create(w, { containers: [nginx({ lifecycle }), shell('sleep 100', { name: 'd' })] });
    expect(course(w, 2999, 1)).toEqual(['Pending | c ContainerCreating | d ContainerCreating', 'Running | c running ready | d running ready']);
  });

  it.each([
    [
      { exec: { command: ['cat', '/x'] } },
      `Exec lifecycle hook ([cat /x]) for Container "c" in Pod "p_default(UID)" failed - error: command 'cat /x' exited with 1: cat: can't open '/x': No such file or directory\n, message: "cat: can't open '/x': No such file or directory\\n"`,
    ],
    [
      { httpGet: { path: '/x', port: 81 } },
      'HTTP lifecycle hook (/x) for Container "c" in Pod "p_default(UID)" failed - error: Get "http://10.244.1.2:81/x": dial tcp 10.244.1.2:81: connect: connection refused',
    ],
  ])('what fails is killed and tried again: %j', (postStart, message) => {
    const w = world({ timing: 'realistic', workers: 1 });
    create(w, { containers: [nginx({ lifecycle: { postStart } })] });
    const states = new Set<string>();
    for (let i = 0; i < 80; i++) states.add(`${waiting(w.advance(100))?.reason}`);
    expect([...states]).toEqual(['ContainerCreating', 'PostStartHookError', 'CrashLoopBackOff']);
    expect(told(w, 'p')).toEqual(expect.arrayContaining(['FailedPostStartHook x2: PostStartHook failed', 'Killing x2: FailedPostStartHook']));
    for (let i = 0; i < 80 && waiting(w)?.reason !== 'PostStartHookError'; i++) w.advance(200);
    const uid = w.object('core/pods/default/p')?.metadata.uid ?? '';
    expect(waiting(w)).toEqual({ reason: 'PostStartHookError', message: message.replace('UID', uid) });
  });

  it('an HTTP hook that is answered is content, whatever the answer', () => {
    const w = warmed('nginx:1.25');
    create(w, { containers: [nginx({ lifecycle: { postStart: { httpGet: { path: '/nope', port: 80 } } } })] });
    expect(seen(w.advance(2000), 'p')).toBe('Running | c running ready');
  });
});

describe('preStop', () => {
  const stopped = (lifecycle: object, spec: object = {}): World => {
    const w = warmed('nginx:1.25');
    create(w, { containers: [nginx({ lifecycle })], ...spec });
    w.advance(3000);
    remove(w);
    return w;
  };

  it.each([
    ['sleep', { sleep: { seconds: 5 } }, 5100],
    ['exec', { exec: { command: ['sh', '-c', 'sleep 7; nginx -s quit'] } }, 7100],
    ['httpGet', { httpGet: { path: '/bye', port: 80 } }, 200],
  ])('%s comes before SIGTERM', (_, preStop, ms) => {
    const w = stopped({ preStop });
    expect(course(w, ms - 1, 1)).toEqual(['Running | c running ready', 'gone']);
    expect(told(w, 'p')).not.toContain('FailedPreStopHook: PreStopHook failed');
  });

  it('is part of the grace, of which two seconds are left to go', () => {
    const w = stopped({ preStop: { exec: { command: ['sleep', '100'] } } }, { terminationGracePeriodSeconds: 10 });
    expect(course(w, 10_099, 1)).toEqual(['Running | c running ready', 'gone']);
  });

  it('what fails is told, and the container goes all the same', () => {
    const w = stopped({ preStop: { exec: { command: ['false'] } } });
    expect(told(w, 'p')).toContain('FailedPreStopHook: PreStopHook failed');
    expect(seen(w.advance(100), 'p')).toBe('gone');
  });
});

it('sidecars go last, in the reverse of their order', () => {
  const w = warmed('nginx:1.25');
  const sidecar = (name: string) => nginx({ name, restartPolicy: 'Always' });
  create(w, { initContainers: [sidecar('a'), sidecar('b')], containers: [nginx({ lifecycle: { preStop: { sleep: { seconds: 4 } } } })] });
  w.advance(5000);
  remove(w);
  const up = (name: string) => `${name} running ready`;
  const [a, b, c] = [up('a'), up('b'), up('c')];
  expect(course(w, 4000, 100, 100)).toEqual([
    `Running | ${a} | ${b} | ${c}`,
    `Running | ${a} | ${b} | c Completed:0`,
    expect.stringMatching(/a running ready \| b Completed:0/),
  ]);
  expect(seen(w.advance(100), 'p')).toBe('gone');
});

it('a probe whose command takes too long fails, and one that cannot be run tells nothing', () => {
  const w = world({ workers: 1 });
  const probe = (command: string[]) => ({ exec: { command }, periodSeconds: 1, failureThreshold: 1 });
  create(w, {
    containers: [
      nginx({ readinessProbe: probe(['sleep', '4']) }),
      { name: 'd', image: 'registry.k8s.io/coredns/coredns:v1.13.1', livenessProbe: probe(['sh', '-c', 'true']) },
    ],
  });
  w.advance(5000);
  expect(told(w, 'p').filter((t) => t.startsWith('Unhealthy'))).toEqual([
    expect.stringMatching(
      /^Unhealthy x\d+: Liveness probe errored and resulted in unknown state: rpc error: .* exec: "sh": executable file not found in \$PATH$/,
    ),
    expect.stringMatching(/^Unhealthy x\d+: Readiness probe failed: command timed out: "sleep 4" timed out after 1s$/),
  ]);
  expect(seen(w, 'p')).toBe('Running | c running | d running ready');
});
