import { expect, it } from 'vitest';
import { world } from '../../../testing/world.ts';

const url = '/apis/networking.k8s.io/v1/servicecidrs';

it('ranges are ready, and stay while addresses are in no other', () => {
  const w = world({ workers: 0 });
  const conditionOf = (name: string) => w.object(`networking.k8s.io/servicecidrs//${name}`)?.status?.conditions?.[0];
  expect(w.object('networking.k8s.io/servicecidrs//kubernetes')?.spec).toEqual({ cidrs: ['10.96.0.0/12'] });
  expect(conditionOf('kubernetes')).toMatchObject({ type: 'Ready', status: 'True' });
  w.request('DELETE', `${url}/kubernetes`);
  expect(conditionOf('kubernetes')).toMatchObject({ status: 'False', reason: 'Terminating' });
  w.request('POST', url, { metadata: { name: 'wide' }, spec: { cidrs: ['10.96.0.0/11'] } });
  expect(conditionOf('wide')).toMatchObject({ status: 'True' });
  w.request('DELETE', '/api/v1/namespaces/kube-system/services/kube-dns');
  // Now that another holds what is left, the first can go; it is the default, so it comes back.
  expect(w.object('networking.k8s.io/servicecidrs//kubernetes')?.metadata.deletionTimestamp).toBeUndefined();
});
