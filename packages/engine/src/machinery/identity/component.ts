import type { Controller } from '../controller.ts';
import type { UserInfo } from '../request.ts';
import { accountGroups, accountUsername } from './service-account.ts';

const SYSTEM = 'kube-system';
const AUTHENTICATED = 'system:authenticated';
const NODE_PREFIX = 'system:node:';

/** Accounts whose names are not what the controllers call themselves in events. Model the ControllerDescriptors of cmd/kube-controller-manager. */
const ACCOUNTS: Readonly<Record<string, string>> = {
  cronjob: 'cronjob-controller',
  daemonset: 'daemon-set-controller',
  disruption: 'disruption-controller',
  endpoints: 'endpoint-controller',
  endpointslice: 'endpointslice-controller',
  endpointslicemirroring: 'endpointslicemirroring-controller',
  ephemeralvolume: 'ephemeral-volume-controller',
  garbagecollector: 'generic-garbage-collector',
  horizontalpodautoscaler: 'horizontal-pod-autoscaler',
  persistentvolume: 'persistent-volume-binder',
  podgc: 'pod-garbage-collector',
  rootca: 'root-ca-cert-publisher',
  servicecidrs: 'service-cidrs-controller',
  statefulset: 'statefulset-controller',
  tainteviction: 'node-controller',
  volumeexpand: 'expand-controller',
};

const ACCOUNT_GROUPS = [...accountGroups(SYSTEM), AUTHENTICATED];
const NODE_GROUPS = ['system:nodes', AUTHENTICATED];
const USER_GROUPS = [AUTHENTICATED];

function named({ name, component, manager }: Controller): Pick<UserInfo, 'username' | 'groups'> {
  if (manager === 'kube-apiserver' || component === 'apiextensions-apiserver') return { username: 'system:apiserver', groups: ['system:masters'] };
  if (manager === 'kube-scheduler') return { username: 'system:kube-scheduler', groups: USER_GROUPS };
  if (component === 'tokens-controller') return { username: 'system:kube-controller-manager', groups: USER_GROUPS };
  return { username: accountUsername(SYSTEM, ACCOUNTS[name] ?? component), groups: ACCOUNT_GROUPS };
}

const known = new WeakMap<Controller, UserInfo>();

/** Whom the API server would see behind a controller's requests. What it may do is part of how it is written, and not asked. */
export function controllerUser(controller: Controller): UserInfo {
  const user = known.get(controller) ?? { ...named(controller), trusted: true };
  known.set(controller, user);
  return user;
}

/** The same for whoever a controller acts as: the kubelet of a node, or itself under another name. */
export const actingUser = (controller: Controller, actor: string): UserInfo =>
  actor.startsWith(NODE_PREFIX) ? { username: actor, groups: NODE_GROUPS, trusted: true } : controllerUser(controller);
