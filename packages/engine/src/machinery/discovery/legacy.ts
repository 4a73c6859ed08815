import type { KindDefinition } from '../kind.ts';
import type { ServedGroup, ServedVersion } from './groups.ts';
import { type Actions, singularOf, subresourcesOf, verbsOf } from './resources.ts';

export const apiVersions = (): unknown => ({
  kind: 'APIVersions',
  versions: ['v1'],
  serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: '' }],
});

const groupFields = (group: ServedGroup) => {
  const versions = group.versions.map(({ version }) => ({ groupVersion: `${group.name}/${version}`, version }));
  return { name: group.name, versions, preferredVersion: versions[0] };
};

export const apiGroup = (group: ServedGroup): unknown => ({ kind: 'APIGroup', apiVersion: 'v1', ...groupFields(group) });

/** The core group has an address of its own. */
export const apiGroupList = (groups: readonly ServedGroup[]): unknown => ({
  kind: 'APIGroupList',
  apiVersion: 'v1',
  groups: groups.filter(({ name }) => name !== '').map(groupFields),
});

export function apiResourceList(group: ServedGroup, served: ServedVersion, actions: Actions): unknown {
  const resources = served.kinds.flatMap((kind) => [resource(kind), ...below(kind, actions)]);
  resources.sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    kind: 'APIResourceList',
    ...(group.name === '' ? {} : { apiVersion: 'v1' }),
    groupVersion: group.name === '' ? served.version : `${group.name}/${served.version}`,
    resources,
  };
}

function resource(kind: KindDefinition) {
  return {
    name: kind.plural,
    singularName: singularOf(kind),
    namespaced: kind.scope === 'Namespaced',
    kind: kind.kind,
    verbs: verbsOf(kind),
    ...(kind.shortNames?.length ? { shortNames: kind.shortNames } : {}),
    ...(kind.categories?.length ? { categories: kind.categories } : {}),
  };
}

function below(kind: KindDefinition, actions: Actions) {
  return subresourcesOf(kind, actions).map(({ name, kind: served, verbs }) => {
    const foreign = served.group !== kind.group || served.version !== kind.version;
    return {
      name: `${kind.plural}/${name}`,
      singularName: '',
      namespaced: kind.scope === 'Namespaced',
      ...(foreign ? { group: served.group, version: served.version } : {}),
      kind: served.kind,
      verbs: verbs as string[],
    };
  });
}
