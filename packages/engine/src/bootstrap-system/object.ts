import type { KubeObject } from '../core/object.ts';

const NAMESPACE = 'kube-system';

/** An object of kube-system as kubeadm and kind write it. */
export interface SystemObject {
  resource: string;
  object: KubeObject;
}

export const systemObject = (resource: string, apiVersion: string, kind: string, name: string, rest: Record<string, unknown> = {}): SystemObject => {
  const { labels, ...fields } = rest;
  return { resource, object: { kind, apiVersion, metadata: { name, namespace: NAMESPACE, ...(labels ? { labels } : {}) }, ...fields } as KubeObject };
};

export const serviceAccount = (name: string): SystemObject => systemObject('core/serviceaccounts', 'v1', 'ServiceAccount', name);

export const configMap = (name: string, data: Record<string, string>, labels?: Record<string, string>): SystemObject =>
  systemObject('core/configmaps', 'v1', 'ConfigMap', name, { data, ...(labels ? { labels } : {}) });

export const CONTROL_PLANE_TOLERATION = { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' };
export const hostPath = (name: string, path: string, type = '') => ({ name, hostPath: { path, type } });
