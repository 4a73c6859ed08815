import { hexOf } from '../../core/chance.ts';
import type { KindDefinition } from '../kind.ts';
import { type ApiAnswer, type ApiRequest, JSON_TYPE } from '../request.ts';
import { resourceNotFound } from '../status.ts';
import { aggregatedDiscovery } from './aggregated.ts';
import { groupsOf, type ServedGroup } from './groups.ts';
import { apiGroup, apiGroupList, apiResourceList, apiVersions } from './legacy.ts';
import type { Actions } from './resources.ts';

interface Served {
  groups: ServedGroup[];
  texts: Map<string, string>;
}

/** The answers about one set of kinds, which stay the same until the kinds change. */
const known = new WeakMap<readonly KindDefinition[], Served>();

function servedBy(kinds: readonly KindDefinition[]): Served {
  const found = known.get(kinds);
  if (found !== undefined) return found;
  const made: Served = { groups: groupsOf(kinds), texts: new Map() };
  known.set(kinds, made);
  return made;
}

/** `/api`, `/apis` and what lies below, without the resources themselves. */
export function serveDiscovery(kinds: readonly KindDefinition[], actions: Actions, request: ApiRequest, parts: string[]): ApiAnswer {
  const served = servedBy(kinds);
  const aggregated = parts.length === 1 ? aggregatedVersion(request.accept) : undefined;
  const cacheKey = `${aggregated ?? ''} ${parts.join('/')}`;
  const text = served.texts.get(cacheKey) ?? JSON.stringify(bodyOf(served.groups, actions, parts, aggregated));
  served.texts.set(cacheKey, text);
  const type = aggregated === undefined ? JSON_TYPE : `${JSON_TYPE};g=apidiscovery.k8s.io;v=${aggregated};as=APIGroupDiscoveryList`;
  const etag = `"${hexOf(text, 4)}"`;
  const headers: [string, string][] = [
    ['content-type', type],
    ['etag', etag],
    ['vary', 'Accept'],
  ];
  if (request.ifNoneMatch === etag) return { type: 'answer', status: 304, headers, body: '' };
  return { type: 'answer', status: 200, headers, body: text };
}

function bodyOf(groups: readonly ServedGroup[], actions: Actions, parts: string[], aggregated: string | undefined): unknown {
  const [root, name = '', version = '', ...more] = fullPath(parts);
  if (more.length > 0) throw resourceNotFound();
  if (name === '' && version === '') {
    if (aggregated !== undefined)
      return aggregatedDiscovery(
        groups.filter((group) => (group.name === '') === (root === 'api')),
        actions,
        aggregated,
      );
    return root === 'api' ? apiVersions() : apiGroupList(groups);
  }
  const group = groups.find((each) => each.name === name);
  if (group === undefined) throw resourceNotFound();
  if (version === '') return apiGroup(group);
  const served = group.versions.find((each) => each.version === version);
  if (served === undefined) throw resourceNotFound();
  return apiResourceList(group, served, actions);
}

/** `/api/v1` as `[api, '', v1]`: the core group has no name in its address. */
const fullPath = (parts: string[]): string[] => (parts[0] === 'api' ? ['api', '', ...parts.slice(1)] : parts);

/** The version of the aggregated form that a client asks for first, if it asks for it at all. */
function aggregatedVersion(accept: string): string | undefined {
  for (const clause of accept.split(',')) {
    const [type = '', ...parameters] = clause.split(';').map((part) => part.trim());
    if (type !== JSON_TYPE) continue;
    const named = new Map(parameters.map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)] as const));
    if (named.get('as') === undefined) return undefined;
    const version = named.get('v') ?? '';
    if (named.get('as') === 'APIGroupDiscoveryList' && named.get('g') === 'apidiscovery.k8s.io' && ['v2', 'v2beta1'].includes(version))
      return version;
  }
  return undefined;
}
