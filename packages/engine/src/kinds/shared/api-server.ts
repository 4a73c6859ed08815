import type { ResourceName } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';

const SERVER_PORT = 6443;
const HTTPS = { name: 'https', port: SERVER_PORT, protocol: 'TCP' };

/** Where a control plane without nodes says it is. */
export const SERVER_WITHOUT_NODE = '172.18.0.2';

/** The API server as a Service, with the endpoints that it keeps itself. Models pkg/controlplane/controller/kubernetesservice. */
export const apiServerObjects = (servers: readonly string[]): { resource: ResourceName; object: KubeObject }[] => [
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
