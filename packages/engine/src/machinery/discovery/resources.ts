import type { Door } from '../action.ts';
import { type KindDefinition, resourceOf, type Verb } from '../kind.ts';

export interface KindName {
  group: string;
  version: string;
  kind: string;
}

export interface ServedSubresource {
  name: string;
  kind: KindName;
  verbs: readonly string[];
}

export type Actions = ReadonlyMap<string, Door>;

const ALL: readonly Verb[] = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const PART: readonly Verb[] = ['get', 'patch', 'update'];
export function verbsOf(kind: KindDefinition): string[] {
  return [...(kind.verbs ?? (kind.review ? ['create' as const] : ALL))].sort();
}

export const singularOf = (kind: KindDefinition): string => kind.singular ?? kind.kind.toLowerCase();

export const nameOf = ({ group, version, kind }: KindName): KindName => ({ group, version, kind });

/** What lies below a resource, by name. */
export function subresourcesOf(kind: KindDefinition, actions: Actions): ServedSubresource[] {
  const found = new Map<string, ServedSubresource>();
  const add = (name: string, served: KindName, verbs: readonly string[]): void => {
    found.set(name, { name, kind: nameOf(served), verbs: [...verbs].sort() });
  };
  const resource = resourceOf(kind);
  if (kind.subresources?.status) add('status', kind, PART);
  if (kind.subresources?.scale) add('scale', { group: 'autoscaling', version: 'v1', kind: 'Scale' }, PART);
  for (const name of Object.keys(kind.updates ?? {})) add(name, kind, PART);
  for (const action of actions.values()) if (action.resource === resource) add(action.subresource, action, action.verbs);
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
