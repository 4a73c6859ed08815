import type { Action } from '../action.ts';
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

export type Actions = ReadonlyMap<string, Action>;

const ALL: readonly Verb[] = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const PART: readonly Verb[] = ['get', 'patch', 'update'];
const CONNECT: readonly Verb[] = ['create', 'get'];
const PROXY: readonly Verb[] = ['create', 'delete', 'get', 'patch', 'update'];

/** Connections, which the host serves: what they carry is no object. */
const CONNECTIONS: Record<string, Record<string, { kind: string; verbs: readonly Verb[] }>> = {
  'core/pods': {
    attach: { kind: 'PodAttachOptions', verbs: CONNECT },
    exec: { kind: 'PodExecOptions', verbs: CONNECT },
    log: { kind: 'Pod', verbs: ['get'] },
    portforward: { kind: 'PodPortForwardOptions', verbs: CONNECT },
    proxy: { kind: 'PodProxyOptions', verbs: PROXY },
  },
  'core/services': { proxy: { kind: 'ServiceProxyOptions', verbs: PROXY } },
  'core/nodes': { proxy: { kind: 'NodeProxyOptions', verbs: PROXY } },
};

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
  for (const [name, { kind: connection, verbs }] of Object.entries(CONNECTIONS[resource] ?? {}))
    add(name, { group: '', version: 'v1', kind: connection }, verbs);
  if (kind.subresources?.status) add('status', kind, PART);
  if (kind.subresources?.scale) add('scale', { group: 'autoscaling', version: 'v1', kind: 'Scale' }, PART);
  for (const name of Object.keys(kind.updates ?? {})) add(name, kind, PART);
  for (const action of actions.values()) if (action.resource === resource) add(action.subresource, action, action.verbs);
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
