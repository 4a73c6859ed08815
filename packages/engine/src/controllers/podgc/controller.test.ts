import { expect, test } from 'vitest';
import { type Bench, bench } from '../../../testing/bench.ts';
import type { KubeObject } from '../../core/object.ts';
import { podGcController } from './controller.ts';
import { beyondThreshold } from './finished.ts';

const pod = (name: string, nodeName: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { nodeName, containers: [{ name: 'c', image: 'i' }] },
});
const node = (name: string): KubeObject => ({ apiVersion: 'v1', kind: 'Node', metadata: { name } });

function bound(): Bench {
  const b = bench([podGcController]);
  b.create(node('n1'));
  b.create(node('n2'));
  b.create(pod('a', 'n1'));
  b.create(pod('b', 'n2'));
  return b;
}

test('pods go 40 seconds after their node', () => {
  const b = bound();
  b.remove('core/nodes//n1');
  b.advance(39_999);
  expect(b.names('core/pods')).toEqual(['a', 'b']);
  b.advance(1);
  expect(b.names('core/pods')).toEqual(['b']);
  expect([...b.state.runtime.keys('podgc/')]).toEqual([]);
});

test('a node that comes back keeps its pods', () => {
  const b = bound();
  b.remove('core/nodes//n1');
  b.advance(20_000);
  b.create(node('n1'));
  b.advance(60_000);
  expect(b.names('core/pods')).toEqual(['a', 'b']);
});

test('a pod bound to a node that never was goes too', () => {
  const b = bound();
  b.create(pod('lost', 'nowhere'));
  b.advance(40_000);
  expect(b.names('core/pods')).toEqual(['a', 'b']);
});

test('a pod that is held by a finalizer shows why it failed', () => {
  const b = bound();
  b.change('core/pods/default/a', (o) => ({ ...o, metadata: { ...o.metadata, finalizers: ['example.com/hold'] } }));
  b.remove('core/nodes//n1');
  b.advance(40_000);
  expect(b.get('core/pods/default/a')?.status).toMatchObject({
    phase: 'Failed',
    conditions: [{ type: 'DisruptionTarget', status: 'True', reason: 'DeletionByPodGC', message: 'PodGC: node no longer exists' }],
  });
});

test('the oldest finished pods beyond the threshold go', () => {
  const finished = (name: string, second: number, phase = 'Succeeded'): KubeObject =>
    ({ metadata: { name, creationTimestamp: `2026-01-01T00:00:0${second}Z` }, status: { phase } }) as unknown as KubeObject;
  const pods = [finished('c', 3), finished('a', 1), finished('running', 0, 'Running'), finished('b', 2, 'Failed')];
  expect(beyondThreshold(pods, 1).map((p) => p.metadata.name)).toEqual(['a', 'b']);
  expect(beyondThreshold(pods, 3)).toEqual([]);
});
