import type { KubeObject } from '../../../core/object.ts';
import type { Column } from '../../../machinery/kind.ts';
import { ageColumn, nameColumn, text, wide } from '../../cells/standard.ts';
import { type Part, sortedKeys } from '../../shared/fields.ts';

// Models printNode of pkg/printers/internalversion.
const ROLE_PREFIX = 'node-role.kubernetes.io/';
const ROLE_LABEL = 'kubernetes.io/role';

function statusText(node: KubeObject): string {
  const ready = ((node.status?.conditions ?? []) as Part[]).find((c) => c.type === 'Ready');
  const status = !ready ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady';
  return node.spec?.unschedulable ? `${status},SchedulingDisabled` : status;
}

function rolesText(node: KubeObject): string {
  const labels = node.metadata.labels ?? {};
  const roles = new Set<string>();
  for (const key of sortedKeys(labels)) {
    if (key.startsWith(ROLE_PREFIX) && key.length > ROLE_PREFIX.length) roles.add(key.slice(ROLE_PREFIX.length));
    else if (key === ROLE_LABEL && labels[key]) roles.add(labels[key] as string);
  }
  return [...roles].sort().join(',') || '<none>';
}

const address =
  (type: string) =>
  (node: KubeObject): string =>
    ((node.status?.addresses ?? []) as Part[]).find((a) => a.type === type)?.address ?? '<none>';

const info =
  (field: string) =>
  (node: KubeObject): string =>
    node.status?.nodeInfo?.[field] || '<unknown>';

const ADDRESSES =
  "List of addresses reachable to the node. Queried from cloud provider, if available. More info: https://kubernetes.io/docs/reference/node/node-status/#addresses Note: This field is declared as mergeable, but the merge key is not sufficiently unique, which can cause data corruption when it is merged. Callers should instead use a full-replacement patch. See https://pr.k8s.io/79391 for an example. Consumers should assume that addresses can change during the lifetime of a Node. However, there are some exceptions where this may not be possible, such as Pods that inherit a Node's address in its own status or consumers of the downward API (status.hostIP).";

export const columns: Column<KubeObject>[] = [
  nameColumn,
  text('Status', 'The status of the node', statusText),
  text('Roles', 'The roles of the node', rolesText),
  ageColumn,
  text('Version', 'Kubelet Version reported by the node.', (node) => node.status?.nodeInfo?.kubeletVersion ?? ''),
  wide(text('Internal-IP', ADDRESSES, address('InternalIP'))),
  wide(text('External-IP', ADDRESSES, address('ExternalIP'))),
  wide(text('OS-Image', 'OS Image reported by the node from /etc/os-release (e.g. Debian GNU/Linux 7 (wheezy)).', info('osImage'))),
  wide(text('Kernel-Version', "Kernel Version reported by the node from 'uname -r' (e.g. 3.16.0-0.bpo.4-amd64).", info('kernelVersion'))),
  wide(
    text(
      'Container-Runtime',
      'ContainerRuntime Version reported by the node through runtime remote API (e.g. containerd://1.4.2).',
      info('containerRuntimeVersion'),
    ),
  ),
];
