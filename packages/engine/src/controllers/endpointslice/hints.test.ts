import { expect, test } from 'vitest';
import type { KubeObject } from '../../core/object.ts';
import type { Endpoint } from './endpoint.ts';
import { withHints } from './hints.ts';

const endpoint = (ready: boolean, hints?: Endpoint['hints']): Endpoint => ({
  addresses: ['10.0.0.1'],
  conditions: { ready, serving: ready, terminating: false },
  nodeName: 'n1',
  zone: 'a',
  ...(hints ? { hints } : {}),
});

const service = (trafficDistribution?: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 's' },
  spec: { trafficDistribution },
});
const plan = (endpoints: Endpoint[]) => ({ create: [{ addressType: 'IPv4' as const, ports: [], endpoints }], update: [], remove: [], skipped: 0 });
const none = () => undefined;
const zone = { forZones: [{ name: 'a' }] };

test.each<[string | undefined, Endpoint, Endpoint['hints']]>([
  [undefined, endpoint(true), undefined],
  ['PreferClose', endpoint(true), zone],
  ['PreferSameZone', endpoint(true), zone],
  ['PreferSameNode', endpoint(true), { ...zone, forNodes: [{ name: 'n1' }] }],
  ['PreferSameZone', endpoint(false), undefined],
  [undefined, endpoint(true, zone), undefined],
])('%s hints %j', (distribution, given, hints) => {
  expect(withHints(plan([given]), service(distribution), [], none).create[0]?.endpoints[0]?.hints).toEqual(hints);
});

test('slices that nothing else changes are written where their hints do', () => {
  const slice = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'x' },
    addressType: 'IPv4',
    endpoints: [endpoint(true)],
  };
  expect(withHints(plan([]), service(), [slice], none).update).toEqual([]);
  expect(withHints(plan([]), service('PreferSameZone'), [slice], none).update).toMatchObject([{ slice, endpoints: [{ hints: zone }] }]);
});
