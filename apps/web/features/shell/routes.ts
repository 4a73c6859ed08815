import { resourceId } from '#kube/resource.ts';
import type { KubeObject, Resource } from '#kube/types.ts';

/** A cluster-scoped object has no namespace; `-` stands for it in a URL and can never be a namespace's name. */
export const noNamespace = '-';

export function overviewHref(cluster: string, namespace?: string): string {
  return namespace ? `/c/${cluster}/ns/${encodeURIComponent(namespace)}` : `/c/${cluster}`;
}

export function listHref(cluster: string, resource: Resource, namespace?: string): string {
  return `/c/${cluster}/r/${resourceId(resource)}${namespace && resource.namespaced ? `?ns=${encodeURIComponent(namespace)}` : ''}`;
}

export function objectHref(
  cluster: string,
  resource: Pick<Resource, 'group' | 'plural'>,
  namespace: string | undefined,
  name: string,
  tab?: string,
): string {
  return `/c/${cluster}/r/${resourceId(resource)}/${namespace ? encodeURIComponent(namespace) : noNamespace}/${encodeURIComponent(name)}${tab ? `?tab=${tab}` : ''}`;
}

export function editHref(cluster: string, resource: Pick<Resource, 'group' | 'plural'>, object: Pick<KubeObject, 'metadata'>): string {
  const { namespace, name } = object.metadata;
  return `/c/${cluster}/edit?from=${encodeURIComponent(`${resourceId(resource)}/${namespace ?? noNamespace}/${name}`)}${namespace ? `&ns=${encodeURIComponent(namespace)}` : ''}`;
}
