import { pathOf } from './resource.ts';
import type { Resource } from './types.ts';

/** What a list shows: one resource, optionally narrowed, as the server's Table or as whole objects. */
export interface ListSpec {
  resource: Pick<Resource, 'group' | 'version' | 'plural' | 'namespaced'>;
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
  as: 'table' | 'object';
}

const tableAccept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

export function acceptOf(spec: ListSpec): string {
  return spec.as === 'table' ? tableAccept : 'application/json';
}

export function listPath(spec: ListSpec): string {
  const query = new URLSearchParams();
  if (spec.labelSelector) query.set('labelSelector', spec.labelSelector);
  if (spec.fieldSelector) query.set('fieldSelector', spec.fieldSelector);
  return `${pathOf(spec.resource, spec.namespace)}?${query}`;
}

export function keyOf(spec: ListSpec): string {
  return `${spec.as} ${listPath(spec)}`;
}

export function watchPath(spec: ListSpec, resourceVersion: string): string {
  return `${listPath(spec)}&watch=1&allowWatchBookmarks=true&resourceVersion=${encodeURIComponent(resourceVersion)}`;
}
