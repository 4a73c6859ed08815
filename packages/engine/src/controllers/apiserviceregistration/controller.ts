import { objectKey, splitKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import { AUTOMANAGED, localApiService, servedVersions } from '../../kinds/apiregistration/apiservices/registration.ts';
import { defineController, mapped, type Reconcile, self } from '../../machinery/controller.ts';
import type { KindDefinition } from '../../machinery/kind.ts';

const API_SERVICES = { group: 'apiregistration.k8s.io', version: 'v1', plural: 'apiservices', kind: 'APIService' };
const DEFINITIONS = { group: 'apiextensions.k8s.io', version: 'v1', plural: 'customresourcedefinitions', kind: 'CustomResourceDefinition' };
const RESOURCE = 'apiregistration.k8s.io/apiservices';

const known = new WeakMap<readonly KindDefinition[], Map<string, KindDefinition>>();

function servedBy(kinds: readonly KindDefinition[]): Map<string, KindDefinition> {
  const found = known.get(kinds) ?? servedVersions(kinds);
  known.set(kinds, found);
  return found;
}

const keysOf = ({ spec }: KubeObject): string[] =>
  (spec?.versions ?? []).map(({ name }: { name: string }) => objectKey(RESOURCE, '', `${name}.${spec?.group}`));

/** What the server serves has an APIService. Models the autoregister controller of k8s.io/kube-aggregator. */
function reconcile({ key, view, api, registry }: Reconcile): void {
  const { name } = splitKey(key);
  const served = servedBy(registry.kinds).get(name);
  const stored = view.get(key);
  if (served && !stored) {
    api.create(RESOURCE, localApiService(served));
    return;
  }
  if (!stored || served || stored.metadata.deletionTimestamp) return;
  if (stored.metadata.labels?.[AUTOMANAGED] === 'true') api.delete(key);
}

export const apiServiceRegistrationController = defineController({
  name: 'apiserviceregistration',
  component: 'autoregister',
  manager: 'kube-apiserver',
  watches: [
    { ...self(API_SERVICES), types: ['DELETED'] },
    mapped(DEFINITIONS, ({ stored, previous }) => [...new Set([...keysOf(stored.object), ...(previous ? keysOf(previous.object) : [])])]),
  ],
  reconcile,
});
