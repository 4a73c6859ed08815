import { type ComponentType, lazy } from 'react';
import { resourceId } from '#kube/resource.ts';
import type { Resource } from '#kube/types.ts';

export interface ListFacetProps {
  resource: Resource;
  namespace: string | undefined;
}

/** Kinds whose list is not best shown as the server's Table. */
const lists: Record<string, ComponentType<ListFacetProps>> = {
  events: lazy(() => import('#features/events/events-page.tsx')),
};

export function listFacetOf(resource: Resource): ComponentType<ListFacetProps> | undefined {
  return Object.hasOwn(lists, resourceId(resource)) ? lists[resourceId(resource)] : undefined;
}
