import type { KindDefinition } from '../kind.ts';
import type { ServedGroup } from './groups.ts';
import { type Actions, nameOf, singularOf, subresourcesOf, verbsOf } from './resources.ts';

/** APIGroupDiscoveryList of apidiscovery.k8s.io: every group in one answer. */
export function aggregatedDiscovery(groups: readonly ServedGroup[], actions: Actions, version: string): unknown {
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: `apidiscovery.k8s.io/${version}`,
    metadata: {},
    items: groups.map((group) => ({
      metadata: { ...(group.name === '' ? {} : { name: group.name }), creationTimestamp: null },
      versions: group.versions.map((served) => ({
        version: served.version,
        resources: served.kinds.map((kind) => resource(kind, actions)),
        freshness: 'Current',
      })),
    })),
  };
}

function resource(kind: KindDefinition, actions: Actions): unknown {
  const subresources = subresourcesOf(kind, actions).map(({ name, kind: responseKind, verbs }) => ({ subresource: name, responseKind, verbs }));
  return {
    resource: kind.plural,
    responseKind: nameOf(kind),
    scope: kind.scope,
    singularResource: singularOf(kind),
    verbs: verbsOf(kind),
    ...(kind.shortNames?.length ? { shortNames: kind.shortNames } : {}),
    ...(kind.categories?.length ? { categories: kind.categories } : {}),
    ...(subresources.length > 0 ? { subresources } : {}),
  };
}
