import { type Definition, definition, type FieldType } from '@vivakube/schema';
import { unknownField } from './strategicErrors.ts';

/** What a strategic merge patch has to know about one field. */
export interface PatchMeta {
  type: FieldType | undefined;
  strategy: 'merge' | 'replace' | undefined;
  mergeKey: string | undefined;
}

const UNTYPED: PatchMeta = { type: undefined, strategy: undefined, mergeKey: undefined };

export const definitionOf = (type: FieldType | undefined): Definition | undefined => {
  if (type?.kind === 'ref') return definition(type.name);
  return type?.kind === 'inline' ? type.definition : undefined;
};

/** Models LookupPatchMetadata in k8s.io/apimachinery/third_party/forked/golang/json/fields.go. */
export function patchMeta(type: FieldType | undefined, key: string): PatchMeta {
  if (type?.kind === 'map') return { ...UNTYPED, type: type.item };
  const structure = definitionOf(type);
  if (structure === undefined) return UNTYPED;
  const field = structure.fields.get(key);
  if (field === undefined) throw unknownField(structure.name.slice(structure.name.lastIndexOf('.') + 1), key);
  const strategy = field.patchStrategy?.find((s) => s !== 'retainKeys') as PatchMeta['strategy'];
  return { type: field.type, strategy, mergeKey: field.patchMergeKey };
}

export const itemOf = (type: FieldType | undefined): FieldType | undefined => (type?.kind === 'list' ? type.item : undefined);
