import { expect, test } from 'vitest';
import { bench } from '../../../testing/bench.ts';
import { defineController, self } from '../../machinery/controller.ts';
import { NAMESPACES } from '../shared/objects.ts';
import { rootCaController } from './controller.ts';

const KEY = 'core/configmaps/default/kube-root-ca.crt';

/** What the host does before there is any namespace. */
const host = defineController({
  name: 'host',
  component: 'host',
  manager: 'host',
  watches: [self(NAMESPACES)],
  reconcile: ({ api }) => api.setRuntime('cluster/ca', 'PEM'),
});

test('the certificate is published in every namespace, and again where it was changed or deleted', () => {
  const b = bench([host, rootCaController]);
  expect(b.get(KEY)).toMatchObject({
    data: { 'ca.crt': 'PEM' },
    metadata: { annotations: { 'kubernetes.io/description': expect.stringContaining('CA bundle') } },
  });
  b.change(KEY, (o) => ({ ...o, data: { 'ca.crt': 'forged', more: 'x' } }));
  expect(b.get(KEY)?.data).toEqual({ 'ca.crt': 'PEM' });
  b.remove(KEY);
  expect(b.get(KEY)?.data).toEqual({ 'ca.crt': 'PEM' });
});

test('nothing is published while there is no certificate', () => {
  expect(bench([rootCaController]).list('core/configmaps', '')).toEqual([]);
});
