import { expect, test } from 'vitest';
import { bench } from '../../../testing/bench.ts';
import { serviceAccountController } from './controller.ts';

test('every active namespace has its default ServiceAccount, also after it was deleted', () => {
  const b = bench([serviceAccountController]);
  b.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } });
  expect(b.list('core/serviceaccounts', '').map((o) => `${o.metadata.namespace}/${o.metadata.name}`)).toEqual(['default/default', 'other/default']);
  const { uid } = b.get('core/serviceaccounts/other/default')?.metadata ?? {};
  b.remove('core/serviceaccounts/other/default');
  expect(b.get('core/serviceaccounts/other/default')?.metadata.uid).toMatch(/-/);
  expect(b.get('core/serviceaccounts/other/default')?.metadata.uid).not.toBe(uid);
});

test('a namespace that goes away gets none', () => {
  const b = bench([serviceAccountController]);
  b.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } });
  b.remove('core/namespaces//other');
  b.remove('core/serviceaccounts/other/default');
  expect(b.get('core/serviceaccounts/other/default')).toBeUndefined();
});
