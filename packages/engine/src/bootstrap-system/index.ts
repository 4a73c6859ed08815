import { corednsObjects } from './coredns.ts';
import { kubeadmObjects } from './kubeadm.ts';
import { metricsServerObjects } from './metrics-server.ts';
import { kindnetObjects, kubeProxyObjects } from './node-agents.ts';
import type { SystemObject } from './object.ts';

export { controlPlaneLeases } from './leases.ts';
export { staticPods } from './static-pods.ts';

/** What is installed into kube-system of a new cluster. */
export const systemAddons = (): SystemObject[] => [
  ...kubeadmObjects(),
  ...corednsObjects(),
  ...kubeProxyObjects(),
  ...kindnetObjects(),
  ...metricsServerObjects(),
];
