import { expect, test } from 'vitest';
import { type Bench, bench } from '../../../testing/bench.ts';
import { namespaceController } from './controller.ts';

const NS = 'core/namespaces//gone';

function filled(): Bench {
  const b = bench([namespaceController]);
  b.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'gone' } });
  b.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'gone' } });
  b.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'elsewhere' } });
  b.create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'gone' },
    spec: { nodeName: 'n', containers: [{ name: 'c', image: 'i' }] },
  });
  return b;
}

const conditions = (b: Bench): string[] =>
  b.get(NS)?.status.conditions.map((c: Record<string, string>) => `${c.type} ${c.status} ${c.reason}: ${c.message}`) ?? [];

test('everything in it goes, pods first, and then the namespace', () => {
  const b = filled();
  b.remove(NS);
  expect(b.get(NS)?.status.phase).toBe('Terminating');
  expect(conditions(b)).toEqual([
    'NamespaceDeletionDiscoveryFailure False ResourcesDiscovered: All resources successfully discovered',
    'NamespaceDeletionGroupVersionParsingFailure False ParsedGroupVersions: All legacy kube types successfully parsed',
    'NamespaceDeletionContentFailure False ContentDeleted: All content successfully deleted, may be waiting on finalization',
    'NamespaceContentRemaining True SomeResourcesRemain: Some resources are remaining: pods. has 1 resource instances',
    'NamespaceFinalizersRemaining False ContentHasNoFinalizers: All content-preserving finalizers finished',
  ]);
  expect(b.list('core/configmaps', 'gone')).toHaveLength(1);
  b.stopPods();
  expect(b.get(NS)).toBeUndefined();
  expect(b.list('core/configmaps', '').map((o) => o.metadata.name)).toEqual(['elsewhere']);
  expect(b.failures()).toEqual([]);
});

test('finalizers hold it up', () => {
  const b = filled();
  b.change('core/configmaps/gone/c', (o) => ({ ...o, metadata: { ...o.metadata, finalizers: ['example.com/hold'] } }));
  b.remove(NS);
  b.stopPods();
  expect(conditions(b).slice(3)).toEqual([
    'NamespaceContentRemaining True SomeResourcesRemain: Some resources are remaining: configmaps. has 1 resource instances',
    'NamespaceFinalizersRemaining True SomeFinalizersRemain: Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances',
  ]);
  b.change('core/configmaps/gone/c', (o) => ({ ...o, metadata: { ...o.metadata, finalizers: [] } }));
  expect(b.get(NS)).toBeUndefined();
});
