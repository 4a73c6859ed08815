import { chanceUuid } from '../core/chance.ts';
import type { KubeObject } from '../core/object.ts';
import { VERSION } from '../machinery/version.ts';
import { hostPath } from './object.ts';

const VERSION_TAG = VERSION.gitVersion;
const PKI = '/etc/kubernetes/pki';
const CERTIFICATES = ['/etc/ssl/certs', '/etc/ca-certificates', '/usr/local/share/ca-certificates', '/usr/share/ca-certificates'];

interface Component {
  name: string;
  image: string;
  cpu: string;
  memory?: string;
  port: number;
  scheme: 'HTTP' | 'HTTPS';
  paths: { liveness: string; readiness?: string; startup: string };
  flags: Record<string, string>;
  mounts: [name: string, path: string, kind?: string][];
}

const kubeconfig = (name: string): string => `/etc/kubernetes/${name}.conf`;
const certificates = CERTIFICATES.map((path): [string, string] => [path.slice(1).replace(/\//g, '-'), path]);

/** What kubeadm writes to /etc/kubernetes/manifests. Models cmd/kubeadm/app/phases/controlplane and phases/etcd. */
const components = (address: string, node: string, members: string): Component[] => [
  {
    name: 'etcd',
    image: 'registry.k8s.io/etcd:3.6.6-0',
    cpu: '100m',
    memory: '100Mi',
    port: 2381,
    scheme: 'HTTP',
    paths: { liveness: '/livez', readiness: '/readyz', startup: '/readyz' },
    flags: {
      'advertise-client-urls': `https://${address}:2379`,
      'cert-file': `${PKI}/etcd/server.crt`,
      'client-cert-auth': 'true',
      'data-dir': '/var/lib/etcd',
      'initial-advertise-peer-urls': `https://${address}:2380`,
      'initial-cluster': members,
      'listen-client-urls': `https://127.0.0.1:2379,https://${address}:2379`,
      'listen-metrics-urls': 'http://127.0.0.1:2381',
      'listen-peer-urls': `https://${address}:2380`,
      name: node,
      'trusted-ca-file': `${PKI}/etcd/ca.crt`,
    },
    mounts: [
      ['etcd-data', '/var/lib/etcd', 'DirectoryOrCreate'],
      ['etcd-certs', `${PKI}/etcd`, 'DirectoryOrCreate'],
    ],
  },
  {
    name: 'kube-apiserver',
    image: `registry.k8s.io/kube-apiserver:${VERSION_TAG}`,
    cpu: '250m',
    port: 6443,
    scheme: 'HTTPS',
    paths: { liveness: '/livez', readiness: '/readyz', startup: '/livez' },
    flags: {
      'advertise-address': address,
      'allow-privileged': 'true',
      'authorization-mode': 'Node,RBAC',
      'client-ca-file': `${PKI}/ca.crt`,
      'enable-admission-plugins': 'NodeRestriction',
      'enable-bootstrap-token-auth': 'true',
      'etcd-servers': 'https://127.0.0.1:2379',
      'secure-port': '6443',
      'service-account-issuer': 'https://kubernetes.default.svc.cluster.local',
      'service-cluster-ip-range': '10.96.0.0/12',
      'tls-cert-file': `${PKI}/apiserver.crt`,
    },
    mounts: [['k8s-certs', PKI, 'DirectoryOrCreate'], ...certificates],
  },
  {
    name: 'kube-controller-manager',
    image: `registry.k8s.io/kube-controller-manager:${VERSION_TAG}`,
    cpu: '200m',
    port: 10257,
    scheme: 'HTTPS',
    paths: { liveness: '/healthz', startup: '/healthz' },
    flags: {
      'allocate-node-cidrs': 'true',
      'bind-address': '127.0.0.1',
      'cluster-cidr': '10.244.0.0/16',
      'cluster-name': 'vivakube',
      controllers: '*,bootstrapsigner,tokencleaner',
      kubeconfig: kubeconfig('controller-manager'),
      'leader-elect': 'true',
      'service-cluster-ip-range': '10.96.0.0/12',
      'use-service-account-credentials': 'true',
    },
    mounts: [['k8s-certs', PKI, 'DirectoryOrCreate'], ['kubeconfig', kubeconfig('controller-manager'), 'FileOrCreate'], ...certificates],
  },
  {
    name: 'kube-scheduler',
    image: `registry.k8s.io/kube-scheduler:${VERSION_TAG}`,
    cpu: '100m',
    port: 10259,
    scheme: 'HTTPS',
    paths: { liveness: '/livez', readiness: '/readyz', startup: '/livez' },
    flags: { 'bind-address': '127.0.0.1', kubeconfig: kubeconfig('scheduler'), 'leader-elect': 'true' },
    mounts: [['kubeconfig', kubeconfig('scheduler'), 'FileOrCreate']],
  },
];

function containerOf(component: Component, address: string): object {
  const { name, image, cpu, memory, port, scheme, paths, flags, mounts } = component;
  const host = name === 'kube-apiserver' ? address : '127.0.0.1';
  const probe = (path: string, rest: object) => ({ httpGet: { host, path, port, scheme }, timeoutSeconds: 15, ...rest });
  return {
    name,
    image,
    imagePullPolicy: 'IfNotPresent',
    command: [name, ...Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`)],
    resources: { requests: { cpu, ...(memory ? { memory } : {}) } },
    livenessProbe: probe(paths.liveness, { initialDelaySeconds: 10, periodSeconds: 10, failureThreshold: 8 }),
    ...(paths.readiness ? { readinessProbe: probe(paths.readiness, { periodSeconds: 1, failureThreshold: 3 }) } : {}),
    startupProbe: probe(paths.startup, { initialDelaySeconds: 10, periodSeconds: 10, failureThreshold: 24 }),
    volumeMounts: mounts.map(([volume, mountPath]) => ({
      name: volume,
      mountPath,
      ...(volume.startsWith('etcd') ? {} : { readOnly: true }),
    })),
  };
}

/** The control plane as the API shows it: images of pods that its nodes' kubelets run from files. */
export function staticPods(nodes: readonly KubeObject[], seed: string, seenAt: string): KubeObject[] {
  const members = nodes.map((node) => `${node.metadata.name}=https://${addressOf(node)}:2380`).join(',');
  return nodes.flatMap((node) => podsOf(node, members, seed, seenAt));
}

const addressOf = (node: KubeObject): string => node.status?.addresses?.[0]?.address ?? '127.0.0.1';

function podsOf(node: KubeObject, members: string, seed: string, seenAt: string): KubeObject[] {
  const name = node.metadata.name as string;
  const address = addressOf(node);
  return components(address, name, members).map((component) => {
    const hash = chanceUuid(seed, 'static', component.name, name).replaceAll('-', '');
    return {
      kind: 'Pod',
      apiVersion: 'v1',
      metadata: {
        name: `${component.name}-${name}`,
        namespace: 'kube-system',
        labels: { component: component.name, tier: 'control-plane' },
        annotations: {
          'kubernetes.io/config.hash': hash,
          'kubernetes.io/config.mirror': hash,
          'kubernetes.io/config.seen': seenAt,
          'kubernetes.io/config.source': 'file',
        },
        ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name, uid: node.metadata.uid as string, controller: true }],
      },
      spec: {
        containers: [containerOf(component, address)],
        hostNetwork: true,
        nodeName: name,
        priorityClassName: 'system-node-critical',
        securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
        tolerations: [{ effect: 'NoExecute', operator: 'Exists' }],
        volumes: component.mounts.map(([volume, path, type]) => hostPath(volume, path, type ?? 'DirectoryOrCreate')),
      },
    };
  });
}
