import type { KubeObject } from '../../../core/object.ts';
import type { Projection } from '../../../core/projection.ts';
import type { View } from '../../../core/txn.ts';
import type { KindDefinition } from '../../../machinery/kind.ts';
import { Registry } from '../../../machinery/registry.ts';
import type { Part } from '../../shared/fields.ts';
import { customKinds } from './custom-kind.ts';

const DEFINITIONS = 'apiextensions.k8s.io/customresourcedefinitions';
const REMEMBERED_MAX = 64;

const isEstablished = ({ status }: KubeObject): boolean =>
  (status?.conditions ?? []).some((condition: Part) => condition.type === 'Established' && condition.status === 'True');

/** The definitions of a cluster; `registry` is made from them when somebody asks. */
interface Known {
  definitions: Map<string, KubeObject>;
  registry: Registry | undefined;
}

const known: Projection<Known> = {
  name: 'custom-kinds',
  build: (view) => ({
    definitions: new Map(view.list(DEFINITIONS).map((definition) => [definition.metadata.name as string, definition])),
    registry: undefined,
  }),
  apply: (value, { type, key, stored }) => {
    if (!key.startsWith(`${DEFINITIONS}/`)) return;
    const { object } = stored;
    if (type === 'DELETED') value.definitions.delete(object.metadata.name as string);
    else value.definitions.set(object.metadata.name as string, object);
    value.registry = undefined;
  },
};

/**
 * The kinds of a cluster: the built-in ones and those its definitions add. A registry is made once for the same definitions,
 * so that what others derive from it (discovery, OpenAPI documents) is made once too.
 */
export function kindsOf(builtIn: Registry): (view: Pick<View, 'project'>) => Registry {
  const remembered = new Map<string, { definitions: readonly KubeObject[]; registry: Registry }>();
  const made = new WeakMap<KubeObject, KindDefinition[]>();
  const kindsOfDefinition = (definition: KubeObject): KindDefinition[] => {
    const kinds = made.get(definition) ?? customKinds(definition);
    made.set(definition, kinds);
    return kinds;
  };
  const registryOf = (definitions: readonly KubeObject[]): Registry => {
    if (definitions.length === 0) return builtIn;
    const id = definitions.map(({ metadata }) => `${metadata.uid}@${metadata.resourceVersion}`).join();
    const before = remembered.get(id);
    if (before?.definitions.every((definition, i) => definition === definitions[i])) return before.registry;
    const registry = new Registry([...builtIn.kinds, ...definitions.flatMap(kindsOfDefinition)]);
    if (remembered.size >= REMEMBERED_MAX) remembered.delete(remembered.keys().next().value as string);
    remembered.set(id, { definitions, registry });
    return registry;
  };
  return (view) => {
    const value = view.project(known);
    if (!value.registry) {
      const names = [...value.definitions.keys()].sort();
      value.registry = registryOf(names.map((name) => value.definitions.get(name) as KubeObject).filter(isEstablished));
    }
    return value.registry;
  };
}
