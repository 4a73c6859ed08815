import { hasDefinition } from '@vivakube/schema';
import { fingerprint } from '@vivakube/schema/docs';
import { hexOf } from '../../core/chance.ts';
import type { ServedVersion } from '../discovery/groups.ts';
import type { Actions } from '../discovery/resources.ts';
import { type KindDefinition, listKindOf } from '../kind.ts';
import { VERSION } from '../version.ts';
import { Components, type Json } from './components.ts';
import { kindFingerprint, pathsOf, type Target } from './operations.ts';

/** Changes whenever the document would, and costs less than the document. */
export function documentHash(served: ServedVersion, actions: Actions): string {
  const text = [fingerprint, VERSION.gitVersion, ...served.kinds.map((kind) => kindFingerprint(kind, actions))].join('\n');
  return hexOf(text, 4).toUpperCase();
}

/** The OpenAPI 3 document of one group version. */
export function documentOf(served: ServedVersion, actions: Actions): Json {
  const components = new Components();
  const paths: Json = {};
  for (const kind of served.kinds) Object.assign(paths, pathsOf(targetOf(kind, components), actions));
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: VERSION.gitVersion },
    paths,
    components: {
      schemas: components.schemas,
      securitySchemes: { BearerToken: { type: 'apiKey', description: 'Bearer Token authentication', name: 'authorization', in: 'header' } },
    },
  };
}

/** The components of a kind and its list. */
export function targetOf(kind: KindDefinition, components: Components): Target {
  if (kind.definition === undefined) {
    const list = `${kind.schema}List`;
    return { kind, object: components.reference(kind.schema), list: hasDefinition(list) ? components.reference(list) : { type: 'object' } };
  }
  const { group, version } = kind;
  // Models util.ToRESTFriendlyName: `stable.example.com/v1` is com.example.stable.v1.
  const component = (name: string): string => [...group.split('.').reverse(), version, name].join('.');
  const gvk = (name: string): Json => ({ 'x-kubernetes-group-version-kind': [{ group, version, kind: name }] });
  const object = components.add(component(kind.kind), { ...customSchema(kind, components), ...gvk(kind.kind) });
  const listKind = listKindOf(kind);
  const properties = {
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: components.reference('meta.v1.ListMeta'),
    items: { type: 'array', items: object },
  };
  const list = components.add(component(listKind), {
    description: `${listKind} is a list of ${kind.kind}`,
    type: 'object',
    required: ['items'],
    properties,
    ...gvk(listKind),
  });
  return { kind, object, list };
}

/** What the author of a custom resource wrote, with the fields that every object has. */
function customSchema(kind: KindDefinition, components: Components): Json {
  const written = (kind.openApi ?? components.schemaOf(kind.definition as NonNullable<KindDefinition['definition']>, undefined)) as Json;
  const properties = {
    ...(written.properties as Json | undefined),
    apiVersion: { type: 'string', description: 'The versioned schema of this object.' },
    kind: { type: 'string', description: 'The REST resource this object represents.' },
    metadata: { description: "Standard object's metadata.", allOf: [components.reference('meta.v1.ObjectMeta')] },
  };
  return { type: 'object', ...written, properties };
}
