import type { Bootstrapped } from './object.ts';
import { CONTROLLER_ROLES } from './rbac/controller-roles.ts';

/** Controllers that only run with a cloud, or not at all unless asked for. */
const IDLE = ['device-taint-eviction-controller', 'route-controller', 'selinux-warning-controller', 'service-controller'];

/** The accounts that the controllers of kube-controller-manager use (--use-service-account-credentials, as kubeadm sets it). */
export const serviceAccountObjects = (): Bootstrapped[] =>
  [...Object.keys(CONTROLLER_ROLES).filter((name) => !IDLE.includes(name)), 'bootstrap-signer', 'token-cleaner'].sort().map((name) => ({
    resource: 'core/serviceaccounts',
    object: { kind: 'ServiceAccount', apiVersion: 'v1', metadata: { name, namespace: 'kube-system' } },
  }));
