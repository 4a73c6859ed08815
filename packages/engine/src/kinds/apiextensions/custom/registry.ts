import type { KubeObject } from '../../../core/object.ts';
import type { View } from '../../../core/txn.ts';
import type { KindDefinition } from '../../../machinery/kind.ts';
import { Registry } from '../../../machinery/registry.ts';
import type { Part } from '../../shared/fields.ts';
import { customKinds } from './custom-kind.ts';

const DEFINITIONS = 'apiextensions.k8s.io/customresourcedefinitions';
const REMEMBERED_MAX = 64;

const isEstablished = ({ status }: KubeObject): boolean =>
  (status?.conditions ?? []).some((condition: Part) => condition.type === 'Established' && condition.status === 'True');

/**
 * The kinds of a cluster: the built-in ones and those its definitions add. A registry is made once for the same definitions,
 * so that what others derive from it (discovery, OpenAPI documents) is made once too.
 */
export function kindsOf(builtIn: Registry): (view: Pick<View, 'list'>) => Registry {
  const remembered = new Map<string, { definitions: readonly KubeObject[]; registry: Registry }>();
  const made = new WeakMap<KubeObject, KindDefinition[]>();
  const kindsOfDefinition = (definition: KubeObject): KindDefinition[] => {
    const known = made.get(definition);
    if (known) return known;
    const kinds = customKinds(definition);
    made.set(definition, kinds);
    return kinds;
  };
  return (view) => {
    const definitions = view.list(DEFINITIONS).filter(isEstablished);
    if (definitions.length === 0) return builtIn;
    const id = definitions.map(({ metadata }) => `${metadata.uid}@${metadata.resourceVersion}`).join();
    const known = remembered.get(id);
    if (known?.definitions.every((definition, i) => definition === definitions[i])) return known.registry;
    const registry = new Registry([...builtIn.kinds, ...definitions.flatMap(kindsOfDefinition)]);
    if (remembered.size >= REMEMBERED_MAX) remembered.delete(remembered.keys().next().value as string);
    remembered.set(id, { definitions, registry });
    return registry;
  };
}
