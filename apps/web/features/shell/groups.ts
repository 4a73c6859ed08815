import type { MessageKey } from '#i18n/messages.ts';
import { resourceId } from '#kube/resource.ts';
import type { Resource } from '#kube/types.ts';
import type { IconName } from '#ui/icon.tsx';

export interface NavGroup {
  id: string;
  label: MessageKey;
  icon: IconName;
  resources: Resource[];
}

/** Where people look for the resources they know; whatever discovery adds beyond these still gets a place below. */
const rooms: { id: string; label: MessageKey; icon: IconName; ids: string[] }[] = [
  {
    id: 'workloads',
    label: 'nav.workloads',
    icon: 'layers',
    ids: [
      'pods',
      'deployments.apps',
      'statefulsets.apps',
      'daemonsets.apps',
      'replicasets.apps',
      'jobs.batch',
      'cronjobs.batch',
      'horizontalpodautoscalers.autoscaling',
      'poddisruptionbudgets.policy',
    ],
  },
  {
    id: 'network',
    label: 'nav.network',
    icon: 'network',
    ids: [
      'services',
      'ingresses.networking.k8s.io',
      'networkpolicies.networking.k8s.io',
      'endpointslices.discovery.k8s.io',
      'endpoints',
      'ingressclasses.networking.k8s.io',
    ],
  },
  { id: 'config', label: 'nav.config', icon: 'config', ids: ['configmaps', 'secrets', 'resourcequotas', 'limitranges'] },
  { id: 'storage', label: 'nav.storage', icon: 'disk', ids: ['persistentvolumeclaims', 'persistentvolumes', 'storageclasses.storage.k8s.io'] },
  {
    id: 'access',
    label: 'nav.access',
    icon: 'lock',
    ids: [
      'serviceaccounts',
      'roles.rbac.authorization.k8s.io',
      'rolebindings.rbac.authorization.k8s.io',
      'clusterroles.rbac.authorization.k8s.io',
      'clusterrolebindings.rbac.authorization.k8s.io',
    ],
  },
  {
    id: 'cluster',
    label: 'nav.cluster',
    icon: 'server',
    ids: [
      'namespaces',
      'nodes',
      'events',
      'priorityclasses.scheduling.k8s.io',
      'leases.coordination.k8s.io',
      'customresourcedefinitions.apiextensions.k8s.io',
    ],
  },
];

export function navGroups(resources: readonly Resource[]): NavGroup[] {
  const byId = new Map(resources.map((resource) => [resourceId(resource), resource]));
  const placed = new Set(rooms.flatMap((room) => room.ids));
  // Upstream serves events twice, as v1 and as events.k8s.io; one entry is enough.
  placed.add('events.events.k8s.io');
  const groups: NavGroup[] = rooms.map(({ ids, ...room }) => ({ ...room, resources: ids.flatMap((id) => byId.get(id) ?? []) }));
  const others = resources.filter((resource) => !placed.has(resourceId(resource))).sort((a, b) => (a.kind < b.kind ? -1 : 1));
  groups.push({ id: 'custom', label: 'nav.custom', icon: 'puzzle', resources: others.filter((resource) => !builtIn(resource.group)) });
  groups.push({ id: 'more', label: 'nav.more', icon: 'box', resources: others.filter((resource) => builtIn(resource.group)) });
  return groups.filter((group) => group.resources.length > 0);
}

export function builtIn(group: string): boolean {
  return !group.includes('.') || group.endsWith('.k8s.io');
}

/** `Deployment` -> `Deployments`: the kind as a heading, in the spelling of the API. */
export function pluralKind(resource: Resource): string {
  const { kind, plural } = resource;
  const same = plural.toLowerCase().startsWith(kind.toLowerCase());
  if (same) return kind + plural.slice(kind.length);
  if (kind.endsWith('y') && plural.endsWith('ies')) return `${kind.slice(0, -1)}ies`;
  return kind;
}
