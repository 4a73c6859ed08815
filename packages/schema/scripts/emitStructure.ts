import type { Model, RawDefinition, RawField, RawType } from './model.ts';

/** One text for a type: a letter for a scalar, `[` for a list of, `{` for a map of, `@` for a reference. */
export function typeCode(type: RawType): string {
  if (type.kind === 'scalar') return type.code;
  if (type.kind === 'ref') return `@${type.name}`;
  return (type.kind === 'list' ? '[' : '{') + typeCode(type.item);
}

/** `[type, listType, listMapKeys, patchStrategy, patchMergeKey, mapType, default, goType, pointer]` cut after the last known part. */
function compactField(field: RawField): unknown {
  const tuple: unknown[] = [
    typeCode(field.type),
    field.listType,
    field.listMapKeys,
    field.patchStrategy,
    field.patchMergeKey,
    field.mapType,
    field.default,
    field.goType,
    field.pointer ? 1 : undefined,
  ];
  while (tuple.at(-1) === undefined) tuple.pop();
  return tuple.length === 1 ? tuple[0] : tuple.map((part) => part ?? 0);
}

function compactDefinition(definition: RawDefinition): unknown {
  const { gvk } = definition;
  return {
    f: Object.fromEntries([...definition.fields].map(([name, field]) => [name, compactField(field)])),
    ...(definition.required.length > 0 ? { r: definition.required } : {}),
    ...(definition.mapType === undefined ? {} : { m: definition.mapType }),
    ...(gvk === undefined ? {} : { g: [gvk.group, gvk.version, gvk.kind] }),
  };
}

export function structureModule(model: Model): string {
  const compact = Object.fromEntries([...model].map(([name, definition]) => [name, compactDefinition(definition)]));
  // A parsed text loads faster than an object literal of this size.
  const text = JSON.stringify(JSON.stringify(compact));
  return `import type { Compact } from '../src/compact.ts';\n\nexport const structure: Record<string, Compact> = JSON.parse(${text});\n`;
}
