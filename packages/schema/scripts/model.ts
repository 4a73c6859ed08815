/** What the steps of the generator hand to each other: definitions as the sources describe them. */
export type RawType =
  | { kind: 'scalar'; code: string }
  | { kind: 'list'; item: RawType }
  | { kind: 'map'; item: RawType }
  | { kind: 'ref'; name: string };

export interface RawField {
  type: RawType;
  description: string;
  enum?: string[];
  listType?: string;
  listMapKeys?: string[];
  patchStrategy?: string;
  patchMergeKey?: string;
  mapType?: string;
  default?: unknown;
  goType?: string;
  pointer?: boolean;
}

export interface RawDefinition {
  name: string;
  description: string;
  fields: Map<string, RawField>;
  required: string[];
  mapType?: string;
  gvk?: { group: string; version: string; kind: string };
}

export type Model = Map<string, RawDefinition>;

/** One-letter codes of the scalar types in the generated structure. */
export const STRING = 's';
export const NUMBER = 'n';

export const scalar = (code: string): RawType => ({ kind: 'scalar', code });

/** The named definition at the end of lists and maps, if there is one. */
export function innerRef(type: RawType): string | undefined {
  if (type.kind === 'ref') return type.name;
  return type.kind === 'scalar' ? undefined : innerRef(type.item);
}

/** The type with its innermost part replaced. */
export function withInner(type: RawType, inner: RawType): RawType {
  return type.kind === 'list' || type.kind === 'map' ? { kind: type.kind, item: withInner(type.item, inner) } : inner;
}
