import { expect, it } from 'vitest';
import { seen, told } from '../../testing/transcript.ts';
import { world } from '../../testing/world.ts';
import type { KubeObject } from '../core/object.ts';

it('a claim must be there, and bound, before anything of a pod starts', () => {
  const w = world({ workers: 1 });
  const volumes = [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }];
  const spec = { nodeName: 'vivakube-worker', containers: [{ name: 'c', image: 'nginx' }], volumes };
  w.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'default' }, spec } as KubeObject);
  const problem = (why: string): string =>
    `FailedMount: Unable to attach or mount volumes: unmounted volumes=[v], unattached volumes=[], failed to process volumes=[v]: error processing PVC default/data: ${why}`;
  expect(told(w, 'p')).toEqual([problem('failed to fetch PVC from API server: persistentvolumeclaims "data" not found')]);
  const claim = { accessModes: ['ReadWriteOnce'], storageClassName: 'nobody', resources: { requests: { storage: '1Gi' } } };
  w.create({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data', namespace: 'default' }, spec: claim } as KubeObject);
  expect(told(w, 'p')).toContain(problem('PVC is not bound'));
  expect(seen(w, 'p')).toBe('Pending | c ContainerCreating');
  w.request(
    'PATCH',
    '/api/v1/namespaces/default/persistentvolumeclaims/data/status',
    { status: { phase: 'Bound' } },
    { contentType: 'application/merge-patch+json' },
  );
  expect(seen(w, 'p')).toBe('Running | c running ready');
});
