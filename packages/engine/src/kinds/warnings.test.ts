import { expect, test } from 'vitest';
import { world } from '../../testing/world.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const pem = (type: string): string => base64(`-----BEGIN ${type}-----\nAAAA\n-----END ${type}-----\n`);
const ingress = (annotations: object, spec: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'i', annotations },
  spec: { defaultBackend: { service: { name: 's', port: { number: 80 } } }, ...spec },
});
const tls = (crt: string, key: string) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 's' },
  type: 'kubernetes.io/tls',
  data: { 'tls.crt': crt, 'tls.key': key },
});
const claim = (storage: string) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'c', annotations: { 'volume.beta.kubernetes.io/storage-class': 'x' } },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } },
});

const job = (completions: number) => ({
  completions,
  parallelism: 10_001,
  completionMode: 'Indexed',
  template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox' }] } },
});
const INDEXES =
  'In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail';

const cases: [object: object, ...expected: string[]][] = [
  [
    ingress({ 'kubernetes.io/ingress.class': 'nginx' }, {}),
    `annotation "kubernetes.io/ingress.class" is deprecated, please use 'spec.ingressClassName' instead`,
  ],
  [{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j' }, spec: job(100_001) }, `spec: ${INDEXES}`],
  [{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j' }, spec: job(100_000) }],
  [
    { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'j' }, spec: { schedule: '@daily', jobTemplate: { spec: job(100_001) } } },
    `spec.jobTemplate.spec: ${INDEXES}`,
  ],
  [ingress({}, { ingressClassName: 'nginx' })],
  [tls('', ''), 'tls: failed to find any PEM data in certificate input'],
  [tls(pem('CERTIFICATE'), ''), 'tls: failed to find any PEM data in key input'],
  [tls(pem('CERTIFICATE'), pem('CERTIFICATE')), 'tls: found a certificate rather than a key in the PEM for the private key'],
  [
    tls(pem('EC PRIVATE KEY'), pem('CERTIFICATE')),
    'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched',
  ],
  [tls(pem('CERTIFICATE'), pem('RSA PRIVATE KEY'))],
  [
    claim('1500m'),
    'metadata.annotations[volume.beta.kubernetes.io/storage-class]: deprecated since v1.8; use "storageClassName" attribute instead',
    'spec.resources.requests[storage]: fractional byte value "1500m" is invalid, must be an integer',
  ],
  [
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 's' },
      provisioner: 'x.io',
      allowedTopologies: [{ matchLabelExpressions: [{ key: 'failure-domain.beta.kubernetes.io/zone', values: ['a'] }] }],
    },
    'allowedTopologies[0].matchLabelExpressions[0].key: deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  ],
  [
    {
      apiVersion: 'node.k8s.io/v1',
      kind: 'RuntimeClass',
      metadata: { name: 'r' },
      handler: 'h',
      scheduling: { nodeSelector: { 'beta.kubernetes.io/arch': 'arm64' } },
    },
    'scheduling.nodeSelector: deprecated since v1.14; use "kubernetes.io/arch" instead',
  ],
  [
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'e' },
      addressType: 'IPv6',
      endpoints: [{ addresses: ['2001:db8:0:0::1'] }],
    },
    'endpoints[0].addresses[0]: IPv6 address "2001:db8:0:0::1" should be in RFC 5952 canonical format ("2001:db8::1")',
  ],
  [
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'n' },
      spec: { podSelector: {}, egress: [{ to: [{ ipBlock: { cidr: '2001:DB8::/32' } }] }] },
    },
    'spec.egress[0].to[0].ipBlock.cidr: IPv6 CIDR value "2001:DB8::/32" should be in RFC 5952 canonical format ("2001:db8::/32")',
  ],
];

test.each(cases)('%#', (object, ...expected) => {
  const w = world();
  const { code, headers } = w.request('POST', `${w.urlOf(object as Parameters<typeof w.urlOf>[0])}?dryRun=All`, object);
  expect(code).toBe(201);
  const told = headers.filter(([name]) => name.toLowerCase() === 'warning').map(([, text]) => JSON.parse(text.replace(/^299 - /, '')));
  expect(told).toEqual(expected);
});
