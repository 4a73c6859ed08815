import type { Resource } from './types.ts';

/** The name of a resource in our URLs: `deployments.apps`, `pods`. The bare plural is understood too. */
export function resourceId(resource: Pick<Resource, 'group' | 'plural'>): string {
  return resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`;
}

export function findResource(resources: readonly Resource[], id: string): Resource | undefined {
  return resources.find((r) => resourceId(r) === id) ?? resources.find((r) => r.plural === id);
}

export function resourceOfKind(resources: readonly Resource[], apiVersion: string, kind: string): Resource | undefined {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return resources.find((r) => r.kind === kind && r.group === group);
}

export function apiVersionOf(resource: Pick<Resource, 'group' | 'version'>): string {
  return resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
}

/** `/apis/apps/v1/namespaces/shop/deployments/web`; no namespace means all of them. */
export function pathOf(resource: Pick<Resource, 'group' | 'version' | 'plural' | 'namespaced'>, namespace?: string, name?: string): string {
  const root = resource.group === '' ? `/api/${resource.version}` : `/apis/${resource.group}/${resource.version}`;
  const scope = resource.namespaced && namespace ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${root}${scope}/${resource.plural}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;
}

const core = { group: '', version: 'v1', verbs: [], shortNames: [], subresources: [] };
const apps = { group: 'apps', version: 'v1', verbs: [], shortNames: [], subresources: [] };

/** Resources that pages name directly; every other one comes from discovery. */
export const wellKnown = {
  pods: { ...core, kind: 'Pod', plural: 'pods', singular: 'pod', namespaced: true },
  nodes: { ...core, kind: 'Node', plural: 'nodes', singular: 'node', namespaced: false },
  namespaces: { ...core, kind: 'Namespace', plural: 'namespaces', singular: 'namespace', namespaced: false },
  events: { ...core, kind: 'Event', plural: 'events', singular: 'event', namespaced: true },
  deployments: { ...apps, kind: 'Deployment', plural: 'deployments', singular: 'deployment', namespaced: true },
  replicaSets: { ...apps, kind: 'ReplicaSet', plural: 'replicasets', singular: 'replicaset', namespaced: true },
} satisfies Record<string, Resource>;
