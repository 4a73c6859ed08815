import type { KubeClient } from './client.ts';
import type { Resource } from './types.ts';

interface DiscoveryResource {
  resource: string;
  responseKind?: { kind: string };
  scope: 'Namespaced' | 'Cluster';
  singularResource?: string;
  verbs: string[];
  shortNames?: string[];
  subresources?: { subresource: string }[];
}
export interface DiscoveryList {
  items: { metadata?: { name?: string }; versions: { version: string; resources?: DiscoveryResource[] }[] }[];
}

const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

export async function discover(client: KubeClient): Promise<Resource[]> {
  const [core, groups] = await Promise.all([client.get<DiscoveryList>('/api', { accept }), client.get<DiscoveryList>('/apis', { accept })]);
  return [...resourcesOf(core), ...resourcesOf(groups)];
}

/** The preferred (first) version of every resource that can be listed. */
export function resourcesOf(list: DiscoveryList): Resource[] {
  const found = new Map<string, Resource>();
  for (const item of list.items) {
    const group = item.metadata?.name ?? '';
    for (const { version, resources = [] } of item.versions) {
      for (const entry of resources) {
        const id = `${entry.resource}.${group}`;
        if (!entry.responseKind || !entry.verbs.includes('list') || found.has(id)) continue;
        found.set(id, toResource(group, version, entry, entry.responseKind.kind));
      }
    }
  }
  return [...found.values()];
}

function toResource(group: string, version: string, entry: DiscoveryResource, kind: string): Resource {
  return {
    group,
    version,
    kind,
    plural: entry.resource,
    singular: entry.singularResource || kind.toLowerCase(),
    namespaced: entry.scope === 'Namespaced',
    verbs: entry.verbs,
    shortNames: entry.shortNames ?? [],
    subresources: (entry.subresources ?? []).map((sub) => sub.subresource),
  };
}
