import { type ClusterDelta, type ClusterState, encodeState, type Indexer, type KubeObject, Txn } from '@vivakube/engine/core';

/** Enough of an index to see that loading rebuilds it. */
export const sampleIndexer: Indexer = (_key, object) => (object.spec?.nodeName ? [`core/pods|node|${object.spec.nodeName}`] : []);

/** A pod of realistic weight: about 3.6 KB of JSON, most of it the same from pod to pod. */
export function samplePod(name: string, serial: number): KubeObject {
  const container = (index: number): Record<string, unknown> => ({
    name: `container-${index}`,
    image: `registry.k8s.io/e2e-test-images/agnhost:2.${40 + index}`,
    args: ['netexec', `--http-port=${8080 + index}`, '--delay-shutdown=10'],
    env: Array.from({ length: 6 }, (_, i) => ({ name: `SETTING_${index}_${i}`, value: `value-${(serial * 7919 + i * 104729) % 1_000_003}` })),
    ports: [{ name: 'http', containerPort: 8080 + index, protocol: 'TCP' }],
    resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '200m', memory: '128Mi' } },
    readinessProbe: { httpGet: { path: '/healthz', port: 'http', scheme: 'HTTP' }, periodSeconds: 10, timeoutSeconds: 1, failureThreshold: 3 },
    volumeMounts: [{ name: 'kube-api-access', readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }],
  });
  const condition = (type: string): Record<string, unknown> => ({
    type,
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: '2026-01-01T00:00:00Z',
  });
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'default',
      uid: `00000000-0000-4000-9000-${String(serial).padStart(12, '0')}`,
      labels: { app: 'sample', 'pod-template-hash': '7d9c6b8f5c', serial: String(serial) },
      creationTimestamp: '2026-01-01T00:00:00Z',
      managedFields: [
        {
          manager: 'kubectl',
          operation: 'Apply',
          apiVersion: 'v1',
          time: '2026-01-01T00:00:00Z',
          fieldsType: 'FieldsV1',
          fieldsV1: { 'f:spec': {} },
        },
      ],
    },
    spec: {
      nodeName: `worker-${serial % 3}`,
      containers: [container(0), container(1), container(2)],
      volumes: [
        { name: 'kube-api-access', projected: { defaultMode: 420, sources: [{ serviceAccountToken: { expirationSeconds: 3607, path: 'token' } }] } },
      ],
      tolerations: [{ key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }],
    },
    status: {
      phase: 'Running',
      conditions: ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map(condition),
      podIP: `10.244.0.${serial % 250}`,
    },
  };
}

export const podKey = (name: string): string => `core/pods/default/${name}`;

export interface Written {
  state: ClusterState;
  delta: ClusterDelta;
}

/** One unit of work at an instant. */
export function write(state: ClusterState, at: number, work: (txn: Txn) => void): Written {
  const txn = new Txn(state, sampleIndexer);
  txn.advance(Math.max(at, txn.now));
  txn.authorship = { actor: 'tester', cause: 0 };
  work(txn);
  return txn.finish([]);
}

/** A small object that carries a number. */
export const counter = (name: string, value: number): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'default' },
  data: { value: String(value) },
});

export const counterKey = (name: string): string => `core/configmaps/default/${name}`;

/** Everything persisted of a state, in one text to compare. */
export const written = (state: ClusterState): string => encodeState(state).join('\n\n');
