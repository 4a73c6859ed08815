import { copyJson, equalJson } from '../../../core/json.ts';
import type { KubeObject } from '../../../core/object.ts';
import type { FieldError } from '../../../machinery/field.ts';
import { apiVersionOf, type KindDefinition, type ScaleMapping } from '../../../machinery/kind.ts';
import type { Part } from '../../shared/fields.ts';
import { keepMetadata } from '../../shared/status-writes.ts';
import type { JsonSchema } from '../schema/types.ts';
import { customColumns } from './columns.ts';
import { applyDefaults, hasDefaults } from './defaulting.ts';
import { customDefinition } from './definition.ts';
import { find, parseJsonPath } from './json-path.ts';
import { validateInstance } from './validate.ts';

/** The server knows better what metadata may be. */
const withoutMetadata = (schema: JsonSchema): JsonSchema => {
  if (!schema.properties?.metadata) return schema;
  const { metadata: _, ...properties } = schema.properties;
  return { ...schema, properties };
};

const withoutDot = (path: string): string => path.replace(/^\./, '');

function scaleOf(version: Part): ScaleMapping | undefined {
  const scale = version.subresources?.scale;
  if (!scale) return undefined;
  return {
    specReplicasPath: withoutDot(scale.specReplicasPath),
    statusReplicasPath: withoutDot(scale.statusReplicasPath),
    selectorPath: withoutDot(scale.labelSelectorPath ?? ''),
  };
}

function selectableFields(version: Part): Record<string, (object: KubeObject) => string> {
  const fields: [string, (object: KubeObject) => string][] = (version.selectableFields ?? []).map(({ jsonPath }: Part) => {
    const path = parseJsonPath(jsonPath) ?? [];
    return [withoutDot(jsonPath), (object: KubeObject) => String(find(object, path)[0] ?? '')];
  });
  return Object.fromEntries(fields);
}

/** Objects are stored in one version and shown in the one that was asked for, with the defaults that its schema has by now. */
function inVersions({ spec }: KubeObject, apiVersion: string, schema: JsonSchema): Partial<KindDefinition> {
  const versions: Part[] = spec.versions;
  const storage: string = versions.find((version) => version.storage).name;
  const store = (object: KubeObject): void => {
    object.apiVersion = apiVersionOf({ group: spec.group, version: storage });
  };
  const shown = new WeakMap<KubeObject, KubeObject>();
  const show = (object: KubeObject): KubeObject => {
    const known = shown.get(object);
    if (known) return known;
    const made = { ...copyJson(object), apiVersion };
    applyDefaults(made, schema);
    const result = equalJson(made, object) ? object : made;
    shown.set(object, result);
    return result;
  };
  const changes = versions.length > 1 || hasDefaults(schema);
  return { prepareForCreate: store, prepareForUpdate: store, ...(changes ? { present: show } : {}) };
}

const isTerminating = ({ status }: KubeObject): boolean =>
  (status?.conditions ?? []).some((condition: Part) => condition.type === 'Terminating' && condition.status === 'True');

function kindOfVersion(definition: KubeObject, version: Part): KindDefinition {
  const { group, names, scope } = definition.spec;
  const written: JsonSchema = version.schema?.openAPIV3Schema ?? { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  const schema = withoutMetadata(written);
  const name = `${group}.${version.name}.${names.kind}`;
  const apiVersion = apiVersionOf({ group, version: version.name });
  const validate = (object: KubeObject, old?: KubeObject): FieldError[] => validateInstance(object, old, schema);
  const scale = scaleOf(version);
  return {
    group,
    version: version.name,
    kind: names.kind,
    plural: names.plural,
    singular: names.singular,
    listKind: names.listKind,
    shortNames: names.shortNames ?? [],
    categories: names.categories ?? [],
    scope: scope === 'Namespaced' ? 'Namespaced' : 'Cluster',
    schema: name,
    definition: customDefinition(schema, name),
    openApi: written,
    subresources: { status: version.subresources?.status !== undefined, ...(scale ? { scale } : {}) },
    generation: true,
    defaults: (object) => applyDefaults(object, schema),
    validate,
    validateUpdate: validate,
    validateStatusUpdate: validate,
    // Models pkg/registry/customresource/status_strategy.go of k8s.io/apiextensions-apiserver.
    prepareForStatusUpdate: keepMetadata,
    updatesNameRevision: true,
    ...(isTerminating(definition) ? { refusesCreate: 'create not allowed while custom resource definition is terminating' } : {}),
    ...(version.deprecated ? { deprecation: version.deprecationWarning ?? `${apiVersion} ${names.kind} is deprecated` } : {}),
    fieldSelectors: selectableFields(version),
    columns: customColumns(version.additionalPrinterColumns),
    exactColumns: true,
    ...inVersions(definition, apiVersion, schema),
  };
}

/** The kinds that a definition adds to a cluster: one for each version that is served, the stored one first. */
export function customKinds(definition: KubeObject): KindDefinition[] {
  const versions: Part[] = (definition.spec.versions ?? []).filter((version: Part) => version.served);
  const ordered = [...versions.filter((version) => version.storage), ...versions.filter((version) => !version.storage)];
  return ordered.map((version) => kindOfVersion(definition, version));
}
