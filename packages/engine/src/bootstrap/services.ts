import { SERVICE_CIDR } from '../kinds/core/services/ranges.ts';
import { apiServerObjects } from '../kinds/shared/api-server.ts';
import type { Bootstrapped } from './object.ts';

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

export const serviceObjects = (servers: readonly string[]): Bootstrapped[] => [serviceRange(), ...apiServerObjects(servers), clusterDns()];
