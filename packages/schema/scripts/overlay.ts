import { readFileSync } from 'node:fs';
import type { FieldNumbers } from './emitProtobuf.ts';
import { swaggerPath } from './extract.ts';
import { innerRef, type Model, NUMBER, type RawField, type RawType, scalar, withInner } from './model.ts';
import { shortName, typeOfName } from './names.ts';

interface SwaggerType {
  type?: string;
  format?: string;
  $ref?: string;
  items?: SwaggerType;
  additionalProperties?: SwaggerType;
  description?: string;
  [extension: `x-${string}`]: unknown;
}
interface SwaggerDefinition extends SwaggerType {
  properties?: Record<string, SwaggerType>;
}

/** Adds the merge facts and number formats of the official document (an older release) to the definitions. */
export function overlay(model: Model): void {
  const swagger = JSON.parse(readFileSync(swaggerPath(), 'utf8')) as { definitions: Record<string, SwaggerDefinition> };
  for (const [officialName, official] of Object.entries(swagger.definitions)) {
    const definition = model.get(shortName(officialName));
    if (definition === undefined) continue;
    definition.description ||= official.description ?? '';
    if (official['x-kubernetes-map-type']) definition.mapType = official['x-kubernetes-map-type'] as string;
    for (const [name, property] of Object.entries(official.properties ?? {})) {
      const field = definition.fields.get(name);
      if (field !== undefined) overlayField(field, property);
    }
  }
}

function overlayField(field: RawField, property: SwaggerType): void {
  field.description ||= property.description ?? '';
  field.listType ??= property['x-kubernetes-list-type'] as string | undefined;
  field.listMapKeys ??= property['x-kubernetes-list-map-keys'] as string[] | undefined;
  field.patchStrategy ??= property['x-kubernetes-patch-strategy'] as string | undefined;
  field.patchMergeKey ??= property['x-kubernetes-patch-merge-key'] as string | undefined;
  field.mapType ??= property['x-kubernetes-map-type'] as string | undefined;
  field.type = refine(field.type, typeOfSwagger(property));
}

/** The declaration files know neither number formats nor byte strings; the official document does. */
function refine(type: RawType, official: RawType): RawType {
  if ((type.kind === 'list' || type.kind === 'map') && official.kind === type.kind)
    return { kind: type.kind, item: refine(type.item, official.item) };
  if (type.kind !== 'scalar') return type;
  if (type.code === NUMBER || type.code === 'o') return official;
  return type.code === 's' && official.kind === 'scalar' && official.code === 'y' ? official : type;
}

function typeOfSwagger(property: SwaggerType): RawType {
  if (property.$ref !== undefined) return typeOfName(shortName(property.$ref.replace('#/definitions/', '')));
  if (property.type === 'array') return { kind: 'list', item: typeOfSwagger(property.items as SwaggerType) };
  if (property.type === 'object')
    return property.additionalProperties ? { kind: 'map', item: typeOfSwagger(property.additionalProperties) } : scalar('o');
  if (property.type === 'boolean') return scalar('b');
  if (property.type === 'integer') return scalar(property.format === 'int32' ? 'i' : 'l');
  if (property.type === 'number') return scalar('d');
  return scalar(property.format === 'byte' ? 'y' : 's');
}

/** Number formats of fields newer than the official document, from the protobuf field table. */
export function numberFormats(model: Model, table: FieldNumbers): string[] {
  const unresolved: string[] = [];
  for (const definition of model.values()) {
    for (const [name, field] of definition.fields) {
      const wire = /^(?:\[\]|map<string, )*(\w+)>?$/.exec(table[definition.name]?.[name]?.[1] ?? '')?.[1];
      const inner = innermost(field.type);
      if (inner === 's' && wire === 'bytes') field.type = withInner(field.type, scalar('y'));
      if (inner !== NUMBER) continue;
      const code = wire === 'int32' ? 'i' : wire === 'int64' ? 'l' : wire === 'double' ? 'd' : undefined;
      if (code === undefined) unresolved.push(`${definition.name}.${name}`);
      else field.type = withInner(field.type, scalar(code));
    }
  }
  return unresolved;
}

function innermost(type: RawType): string | undefined {
  if (type.kind === 'scalar') return type.code;
  return type.kind === 'ref' || innerRef(type) !== undefined ? undefined : innermost(type.item);
}
