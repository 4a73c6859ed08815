import { describe, expect, it } from 'vitest';
import { create, log, nginx, shell } from '../../testing/kubelet-pods.ts';
import { world } from '../../testing/world.ts';
import type { KubeObject } from '../core/object.ts';

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
