import { CONTROL_PLANE_TOLERATION, type SystemObject, serviceAccount, systemObject } from './object.ts';

const LABELS = { 'k8s-app': 'metrics-server' };

const container = {
  name: 'metrics-server',
  image: 'registry.k8s.io/metrics-server/metrics-server:v0.8.0',
  imagePullPolicy: 'IfNotPresent',
  args: [
    '--cert-dir=/tmp',
    '--secure-port=10250',
    '--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
    '--kubelet-use-node-status-port',
    '--metric-resolution=15s',
    '--kubelet-insecure-tls',
  ],
  ports: [{ containerPort: 10250, name: 'https', protocol: 'TCP' }],
  livenessProbe: { httpGet: { path: '/livez', port: 'https', scheme: 'HTTPS' }, failureThreshold: 3, periodSeconds: 10 },
  readinessProbe: { httpGet: { path: '/readyz', port: 'https', scheme: 'HTTPS' }, failureThreshold: 3, initialDelaySeconds: 20, periodSeconds: 10 },
  resources: { requests: { cpu: '100m', memory: '200Mi' } },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    runAsUser: 1000,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  },
  volumeMounts: [{ mountPath: '/tmp', name: 'tmp-dir' }],
};

/** What answers `kubectl top`. */
export const metricsServerObjects = (): SystemObject[] => [
  serviceAccount('metrics-server'),
  systemObject('core/services', 'v1', 'Service', 'metrics-server', {
    labels: LABELS,
    spec: { ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 'https' }], selector: LABELS },
  }),
  {
    resource: 'apiregistration.k8s.io/apiservices',
    object: {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: 'v1beta1.metrics.k8s.io', labels: LABELS },
      spec: {
        group: 'metrics.k8s.io',
        version: 'v1beta1',
        groupPriorityMinimum: 100,
        versionPriority: 100,
        insecureSkipTLSVerify: true,
        service: { name: 'metrics-server', namespace: 'kube-system' },
      },
    },
  },
  systemObject('apps/deployments', 'apps/v1', 'Deployment', 'metrics-server', {
    labels: LABELS,
    spec: {
      selector: { matchLabels: LABELS },
      strategy: { rollingUpdate: { maxUnavailable: 0 } },
      template: {
        metadata: { labels: LABELS },
        spec: {
          containers: [container],
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          priorityClassName: 'system-cluster-critical',
          serviceAccountName: 'metrics-server',
          tolerations: [CONTROL_PLANE_TOLERATION],
          volumes: [{ emptyDir: {}, name: 'tmp-dir' }],
        },
      },
    },
  }),
];
