import { expect, it } from 'vitest';
import { told } from '../../testing/transcript.ts';
import { world } from '../../testing/world.ts';
import type { KubeObject } from '../core/object.ts';

const placed = (name: string, cpu: string): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: { nodeName: 'vivakube-worker', containers: [{ name: 'c', image: 'nginx', resources: { requests: { cpu } } }] },
  }) as KubeObject;

it('a node refuses what it has no room for, whoever put it there', () => {
  const w = world({ workers: 1 });
  w.create(placed('a', '3'));
  w.create(placed('b', '2'));
  const message = "Node didn't have enough resource: cpu, requested: 2000, used: 3000, capacity: 4000";
  expect(w.object('core/pods/default/a')?.status.phase).toBe('Running');
  expect(w.object('core/pods/default/b')?.status).toMatchObject({ phase: 'Failed', reason: 'OutOfcpu', message: `Pod was rejected: ${message}` });
  expect(told(w, 'b')).toEqual([`OutOfcpu: ${message}`]);
});

it.each([
  [
    'NodePorts',
    { containers: [{ name: 'c', image: 'nginx', ports: [{ containerPort: 80, hostPort: 80 }] }] },
    "node(s) didn't have free ports for the requested pod ports",
  ],
  [
    'NodeAffinity',
    { nodeSelector: { disk: 'ssd' }, containers: [{ name: 'c', image: 'nginx' }] },
    "node(s) didn't match Pod's node affinity/selector",
  ],
])('a node refuses what does not belong there: %s', (reason, spec, description) => {
  const w = world({ workers: 1 });
  const pod = (name: string, more: object) =>
    w.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default' }, spec: more } as KubeObject);
  pod('a', { containers: [{ name: 'c', image: 'nginx', ports: [{ containerPort: 80, hostPort: 80 }] }] });
  pod('b', { ...spec, nodeName: 'vivakube-worker' });
  const message = `Predicate ${reason} failed: ${description}`;
  expect(w.object('core/pods/default/b')?.status).toMatchObject({ phase: 'Failed', reason, message: `Pod was rejected: ${message}` });
  expect(told(w, 'b')).toContain(`${reason}: ${message}`);
});

it.each([
  ['PodOSNotSupported', {}, { os: { name: 'windows' } }, "Failed to admit pod as the OS field doesn't match node OS"],
  [
    'PodOSSelectorNodeLabelDoesNotMatch',
    { labels: { 'kubernetes.io/os': 'windows' } },
    {},
    "Failed to admit pod as the `kubernetes.io/os` label doesn't match node label",
  ],
])('a node refuses what is made for another system, even where the scheduler put it there: %s', (reason, meta, spec, text) => {
  const w = world({ workers: 1 });
  const containers = [{ name: 'c', image: 'nginx' }];
  w.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'default', ...meta }, spec: { ...spec, containers } } as KubeObject);
  expect(w.object('core/pods/default/p')?.spec.nodeName).toBe('vivakube-worker');
  expect(w.object('core/pods/default/p')?.status).toMatchObject({ phase: 'Failed', reason, message: `Pod was rejected: ${text}` });
});
