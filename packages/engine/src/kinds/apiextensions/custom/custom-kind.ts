import type { KubeObject } from '../../../core/object.ts';
import type { FieldError } from '../../../machinery/field.ts';
import { apiVersionOf, type KindDefinition, type ScaleMapping } from '../../../machinery/kind.ts';
import type { Part } from '../../shared/fields.ts';
import type { JsonSchema } from '../schema/types.ts';
import { customColumns } from './columns.ts';
import { applyDefaults } from './defaulting.ts';
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

function kindOfVersion(definition: KubeObject, version: Part, isAlone: boolean): KindDefinition {
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
    warnings: () => (version.deprecated ? [version.deprecationWarning ?? `${apiVersion} ${names.kind} is deprecated`] : []),
    fieldSelectors: selectableFields(version),
    columns: customColumns(version.additionalPrinterColumns),
    exactColumns: true,
    ...(isAlone ? {} : { present: (object) => (object.apiVersion === apiVersion ? object : { ...object, apiVersion }) }),
  };
}

/** The kinds that a definition adds to a cluster: one for each version that is served, the stored one first. */
export function customKinds(definition: KubeObject): KindDefinition[] {
  const versions: Part[] = (definition.spec.versions ?? []).filter((version: Part) => version.served);
  const ordered = [...versions.filter((version) => version.storage), ...versions.filter((version) => !version.storage)];
  return ordered.map((version) => kindOfVersion(definition, version, ordered.length === 1));
}
