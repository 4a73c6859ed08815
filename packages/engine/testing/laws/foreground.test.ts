import { expect, test } from 'vitest';
import type { KubeObject } from '../../src/core/object.ts';
import { jobManifest } from '../jobs.ts';
import { daemonSet, statefulSet } from '../sets.ts';
import { type World, world } from '../world.ts';

const HOLD = 'example.com/hold';
const template = { metadata: { labels: { app: 'x' } }, spec: { containers: [{ name: 'c', image: 'nginx:1.25' }] } };
const selector = { matchLabels: { app: 'x' } };
const named = (object: KubeObject): KubeObject => ({ ...object, metadata: { ...object.metadata, name: 'x' } });
const minutely = { schedule: '* * * * *', jobTemplate: { spec: jobManifest('x', 'sleep 1000').spec } };
const subsets = ['192.0.2.1', '2001:db8::1'].map((ip) => ({ addresses: [{ ip }], ports: [{ port: 80 }] }));

const OWNERS: readonly KubeObject[] = [
  { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'x' }, spec: { replicas: 2, selector, template } },
  { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'x' }, spec: { replicas: 2, selector, template } },
  { apiVersion: 'v1', kind: 'ReplicationController', metadata: { name: 'x' }, spec: { replicas: 2, selector: { app: 'x' }, template } },
  named(statefulSet()),
  named(daemonSet()),
  jobManifest('x', 'sleep 1000', { parallelism: 2 }),
  { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'x' }, spec: minutely },
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' }, spec: { selector: { app: 'x' }, ports: [{ port: 80 }] } },
  { apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'x' }, subsets },
];

const dependentsOf = (w: World, uid: string | undefined): KubeObject[] =>
  [...w.state.objects.values('')].map(({ object }) => object).filter(({ metadata }) => metadata.ownerReferences?.some((ref) => ref.uid === uid));

/** However long an owner waits for what it owns, nothing is made anew meanwhile, and it goes when that has gone. */
test.each(OWNERS.map((owner) => [owner.kind, owner] as const))('a %s that is deleted in the foreground', (kind, owner) => {
  const w = world({ timing: 'realistic' });
  if (kind === 'Endpoints') w.apply({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' }, spec: { ports: [{ port: 80 }] } });
  const url = `${w.urlOf(owner)}/x`;
  const { uid } = (w.apply(owner)[0] as KubeObject).metadata;
  w.advance(70_000);
  const held = dependentsOf(w, uid).at(-1) as KubeObject;
  const hold = (finalizers: string[]): void => {
    const answer = w.request(
      'PATCH',
      `${w.urlOf(held)}/${held.metadata.name}`,
      { metadata: { finalizers } },
      { contentType: 'application/merge-patch+json' },
    );
    expect(answer.code).toBe(200);
  };
  hold([HOLD]);
  const before = w.state.revision;
  w.request('DELETE', `${url}?propagationPolicy=Foreground`);
  w.advance(600_000);
  expect(dependentsOf(w, uid).map(({ metadata }) => metadata.name)).toEqual([held.metadata.name]);
  expect(w.request('GET', url).code).toBe(200);
  expect(w.state.revision - before).toBeLessThan(50);
  hold([]);
  w.advance(60_000);
  expect(w.request('GET', url).code).toBe(404);
  expect(dependentsOf(w, uid)).toEqual([]);
  expect([...w.state.runtime.entries('failure/')]).toEqual([]);
});
