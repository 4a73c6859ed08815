import { VERSION } from '../machinery/version.ts';
import { configMap, hostPath, type SystemObject, serviceAccount, systemObject } from './object.ts';

const KUBE_PROXY_CONFIG = `apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
bindAddress: 0.0.0.0
clientConnection:
  kubeconfig: /var/lib/kube-proxy/kubeconfig.conf
clusterCIDR: 10.244.0.0/16
mode: iptables
`;

const onEveryNode = [{ operator: 'Exists' }];

const daemonSet = (name: string, labels: Record<string, string>, spec: object): SystemObject =>
  systemObject('apps/daemonsets', 'apps/v1', 'DaemonSet', name, {
    labels,
    spec: { selector: { matchLabels: labels }, updateStrategy: { type: 'RollingUpdate' }, template: { metadata: { labels }, spec } },
  });

/** Models cmd/kubeadm/app/phases/addons/proxy. */
export const kubeProxyObjects = (): SystemObject[] => [
  serviceAccount('kube-proxy'),
  configMap('kube-proxy', { 'config.conf': KUBE_PROXY_CONFIG }, { app: 'kube-proxy' }),
  daemonSet(
    'kube-proxy',
    { 'k8s-app': 'kube-proxy' },
    {
      priorityClassName: 'system-node-critical',
      containers: [
        {
          name: 'kube-proxy',
          image: `registry.k8s.io/kube-proxy:${VERSION.gitVersion}`,
          imagePullPolicy: 'IfNotPresent',
          command: ['/usr/local/bin/kube-proxy', '--config=/var/lib/kube-proxy/config.conf', '--hostname-override=$(NODE_NAME)'],
          env: [{ name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
          securityContext: { privileged: true },
          volumeMounts: [
            { name: 'kube-proxy', mountPath: '/var/lib/kube-proxy' },
            { name: 'xtables-lock', mountPath: '/run/xtables.lock' },
            { name: 'lib-modules', mountPath: '/lib/modules', readOnly: true },
          ],
        },
      ],
      hostNetwork: true,
      serviceAccountName: 'kube-proxy',
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      tolerations: onEveryNode,
      volumes: [
        { name: 'kube-proxy', configMap: { name: 'kube-proxy' } },
        hostPath('xtables-lock', '/run/xtables.lock', 'FileOrCreate'),
        hostPath('lib-modules', '/lib/modules'),
      ],
    },
  ),
];

/** The network add-on that kind brings. */
export const kindnetObjects = (): SystemObject[] => [
  serviceAccount('kindnet'),
  daemonSet(
    'kindnet',
    { tier: 'node', app: 'kindnet', 'k8s-app': 'kindnet' },
    {
      hostNetwork: true,
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      tolerations: onEveryNode,
      serviceAccountName: 'kindnet',
      containers: [
        {
          name: 'kindnet-cni',
          image: 'docker.io/kindest/kindnetd:v20260213-ea8e5717',
          env: [
            { name: 'HOST_IP', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } },
            { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
            { name: 'POD_SUBNET', value: '10.244.0.0/16' },
          ],
          resources: { requests: { cpu: '100m', memory: '50Mi' }, limits: { cpu: '100m', memory: '50Mi' } },
          securityContext: { privileged: false, capabilities: { add: ['NET_RAW', 'NET_ADMIN'] } },
          volumeMounts: [
            { name: 'cni-cfg', mountPath: '/etc/cni/net.d' },
            { name: 'xtables-lock', mountPath: '/run/xtables.lock' },
            { name: 'lib-modules', mountPath: '/lib/modules', readOnly: true },
          ],
        },
      ],
      volumes: [
        hostPath('cni-cfg', '/etc/cni/net.d'),
        hostPath('xtables-lock', '/run/xtables.lock', 'FileOrCreate'),
        hostPath('lib-modules', '/lib/modules'),
      ],
    },
  ),
];
