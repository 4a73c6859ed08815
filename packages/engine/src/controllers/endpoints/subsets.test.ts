import { describe, expect, test } from 'vitest';
import type { Pod } from '../shared/objects.ts';
import { type Subset, subsetsOf } from './subsets.ts';
import { truncated } from './truncate.ts';

const pod = (name: string, ip: string, ready: boolean, ports: object[] = []): Pod =>
  ({
    metadata: { name, namespace: 'default', uid: name },
    spec: { nodeName: 'n', containers: [{ name: 'c', ports }] },
    status: { phase: 'Running', podIP: ip, podIPs: [{ ip }], conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
  }) as unknown as Pod;

const service = (ports: object[], spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 's', namespace: 'default' },
  spec: { clusterIP: '10.96.0.9', ipFamilies: ['IPv4'], ports, ...spec },
});

const brief = (subsets: Subset[]): string[] =>
  subsets.map(({ addresses = [], notReadyAddresses = [], ports = [] }) =>
    [addresses.map((a) => a.ip).join(), notReadyAddresses.map((a) => a.ip).join(), ports.map((p) => `${p.name ?? ''}:${p.port}`).join()].join(' / '),
  );

const http = { name: 'http', port: 80, targetPort: 'web', protocol: 'TCP' };
const admin = { name: 'admin', port: 81, targetPort: 9000, protocol: 'TCP' };
const named = (containerPort: number): object[] => [{ name: 'web', containerPort, protocol: 'TCP' }];

describe('subsets', () => {
  test.each<[string, object, Pod[], string[]]>([
    ['ready and not ready', service([admin]), [pod('a', '10.0.0.1', true), pod('b', '10.0.0.2', false)], ['10.0.0.1 / 10.0.0.2 / admin:9000']],
    ['same addresses share a subset', service([http, admin]), [pod('a', '10.0.0.1', true, named(8080))], ['10.0.0.1 /  / http:8080,admin:9000']],
    [
      'other numbers under the same name do not',
      service([http]),
      [pod('a', '10.0.0.1', true, named(8080)), pod('b', '10.0.0.2', true, named(8081))],
      ['10.0.0.1 /  / http:8080', '10.0.0.2 /  / http:8081'],
    ],
    ['a pod without the named port is left out', service([http]), [pod('a', '10.0.0.1', true)], []],
    ['headless without ports', service([], { clusterIP: 'None' }), [pod('a', '10.0.0.1', true)], ['10.0.0.1 /  / ']],
    ['a clustered service without ports has none', service([]), [pod('a', '10.0.0.1', true)], []],
    ['all published', service([admin], { publishNotReadyAddresses: true }), [pod('a', '10.0.0.1', false)], ['10.0.0.1 /  / admin:9000']],
  ])('%s', (_, of, pods, expected) => {
    expect(brief(subsetsOf(of as never, pods))).toEqual(expected);
  });

  const many = (count: number): Subset['addresses'] =>
    Array.from({ length: count }, (_, i) => ({
      ip: `10.0.${i >> 8}.${i & 255}`,
      targetRef: { kind: 'Pod', namespace: 'd', name: 'p', uid: `${i}` },
    }));

  test.each([
    [1000, 0, undefined],
    [600, 500, [600, 400]],
    [1200, 100, [1000, 0]],
  ])('%i ready and %i others keep %j', (ready, others, expected) => {
    const subset: Subset = { addresses: many(ready) as never, notReadyAddresses: many(others) as never, ports: [] };
    const cut = truncated([subset]);
    expect(cut?.map((each) => [each.addresses?.length ?? 0, each.notReadyAddresses?.length ?? 0])).toEqual(expected && [expected]);
  });
});
