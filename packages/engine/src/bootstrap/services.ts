import { SERVICE_CIDR } from '../kinds/core/services/allocate.ts';
import type { Bootstrapped } from './object.ts';

const SERVER_PORT = 6443;
const HTTPS = { name: 'https', port: SERVER_PORT, protocol: 'TCP' };

/** The API server as a Service, with the endpoints that it keeps itself. Models pkg/controlplane/controller/kubernetesservice. */
const kubernetes = (servers: readonly string[]): Bootstrapped[] => [
  {
    resource: 'core/services',
    object: {
      kind: 'Service',
      apiVersion: 'v1',
      metadata: { name: 'kubernetes', namespace: 'default', labels: { component: 'apiserver', provider: 'kubernetes' } },
      spec: {
        ports: [{ name: 'https', protocol: 'TCP', port: 443, targetPort: SERVER_PORT }],
        clusterIP: '10.96.0.1',
        clusterIPs: ['10.96.0.1'],
        type: 'ClusterIP',
        ipFamilies: ['IPv4'],
        ipFamilyPolicy: 'SingleStack',
      },
    },
  },
  {
    resource: 'core/endpoints',
    object: {
      kind: 'Endpoints',
      apiVersion: 'v1',
      metadata: { name: 'kubernetes', namespace: 'default', labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
      subsets: [{ addresses: servers.map((ip) => ({ ip })), ports: [HTTPS] }],
    },
  },
  {
    resource: 'discovery.k8s.io/endpointslices',
    object: {
      kind: 'EndpointSlice',
      apiVersion: 'discovery.k8s.io/v1',
      metadata: { name: 'kubernetes', namespace: 'default', labels: { 'kubernetes.io/service-name': 'kubernetes' } },
      addressType: 'IPv4',
      endpoints: servers.map((address) => ({ addresses: [address], conditions: { ready: true } })),
      ports: [HTTPS],
    },
  },
];

const clusterDns = (): Bootstrapped => ({
  resource: 'core/services',
  object: {
    kind: 'Service',
    apiVersion: 'v1',
    metadata: {
      name: 'kube-dns',
      namespace: 'kube-system',
      annotations: { 'prometheus.io/port': '9153', 'prometheus.io/scrape': 'true' },
      labels: { 'k8s-app': 'kube-dns', 'kubernetes.io/cluster-service': 'true', 'kubernetes.io/name': 'CoreDNS' },
    },
    spec: {
      ports: [
        { name: 'dns', protocol: 'UDP', port: 53, targetPort: 53 },
        { name: 'dns-tcp', protocol: 'TCP', port: 53, targetPort: 53 },
        { name: 'metrics', protocol: 'TCP', port: 9153, targetPort: 9153 },
      ],
      selector: { 'k8s-app': 'kube-dns' },
      clusterIP: '10.96.0.10',
      clusterIPs: ['10.96.0.10'],
      type: 'ClusterIP',
    },
  },
});

/** The range of all these addresses. Models pkg/controlplane/controller/defaultservicecidr. */
const serviceRange = (): Bootstrapped => ({
  resource: 'networking.k8s.io/servicecidrs',
  object: { kind: 'ServiceCIDR', apiVersion: 'networking.k8s.io/v1', metadata: { name: 'kubernetes' }, spec: { cidrs: [SERVICE_CIDR] } },
});

export const serviceObjects = (servers: readonly string[]): Bootstrapped[] => [serviceRange(), ...kubernetes(servers), clusterDns()];
