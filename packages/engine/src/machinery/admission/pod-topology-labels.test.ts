import { expect, test } from 'vitest';
import { type World, world } from '../../../testing/world.ts';

const pod = (name: string, spec: object = {}, labels: Record<string, string> = {}) =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels: { app: name, ...labels } },
    spec: { containers: [{ name: 'c', image: 'nginx' }], ...spec },
  }) as never;
const ZONE = 'topology.kubernetes.io/zone';
const REGION = 'topology.kubernetes.io/region';
const labelsOf = (w: World, name: string) => w.object(`core/pods/default/${name}`)?.metadata.labels;

function zoned(): World {
  const w = world({ workers: 1 });
  const labels = { [ZONE]: 'z1', [REGION]: 'r1' };
  w.request('PATCH', '/api/v1/nodes/vivakube-worker', { metadata: { labels } }, { contentType: 'application/merge-patch+json' });
  return w;
}

const bind = (w: World, name: string, metadata: object = {}) =>
  w.request('POST', `/api/v1/namespaces/default/pods/${name}/binding`, {
    apiVersion: 'v1',
    kind: 'Binding',
    metadata: { name, ...metadata },
    target: { kind: 'Node', name: 'vivakube-worker' },
  });

test('pods are labelled with the zone and the region of the node that they are given to', () => {
  const w = zoned();
  w.create(pod('scheduled', {}, { [ZONE]: 'mine' }));
  expect(labelsOf(w, 'scheduled')).toEqual({ app: 'scheduled', [ZONE]: 'z1', [REGION]: 'r1' });
  w.create(pod('placed', { nodeName: 'vivakube-worker' }, { [ZONE]: 'mine' }));
  expect(labelsOf(w, 'placed')).toEqual({ app: 'placed', [ZONE]: 'mine', [REGION]: 'r1' });
  w.create(pod('elsewhere', { nodeName: 'vivakube-control-plane' }));
  expect(labelsOf(w, 'elsewhere')).toEqual({ app: 'elsewhere' });
});

test('a scheduler of the user says more about the pod as it binds it, unless the pod is gated', () => {
  const w = zoned();
  w.create(pod('own', { schedulerName: 'mine' }));
  expect(bind(w, 'own', { annotations: { by: 'mine' }, labels: { rack: '7' } }).code).toBe(201);
  expect(w.object('core/pods/default/own')).toMatchObject({
    metadata: { annotations: { by: 'mine' }, labels: { app: 'own', rack: '7', [ZONE]: 'z1', [REGION]: 'r1' } },
    spec: { nodeName: 'vivakube-worker' },
  });
  w.create(pod('gated', { schedulingGates: [{ name: 'example.com/wait' }] }));
  const { code, body } = bind(w, 'gated');
  expect([code, body.message]).toEqual([409, 'Operation cannot be fulfilled on pods/binding "gated": pod gated has non-empty .spec.schedulingGates']);
});
