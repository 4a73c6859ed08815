export type Scalar =
  | 'string'
  | 'boolean'
  | 'int32'
  | 'int64'
  | 'double'
  | 'bytes'
  | 'time'
  | 'microtime'
  | 'quantity'
  | 'intOrString'
  | 'object'
  | 'any';

export type FieldType =
  | { kind: 'scalar'; scalar: Scalar }
  | { kind: 'list'; item: FieldType }
  | { kind: 'map'; item: FieldType }
  | { kind: 'ref'; name: string }
  /** A definition made at run time, as those of custom resources are. */
  | { kind: 'inline'; definition: Definition };

export interface Field {
  type: FieldType;
  /** Unset means atomic to server-side apply. */
  listType?: 'atomic' | 'set' | 'map';
  listMapKeys?: string[];
  /** Parts of a strategic merge patch: `merge`, `retainKeys`, `replace`. Unset means that a patch replaces a list. */
  patchStrategy?: string[];
  patchMergeKey?: string;
  /** Unset means granular. */
  mapType?: 'atomic' | 'granular';
  default?: unknown;
  /** What Go calls the type where that is more than its shape says, for example `v1.Protocol`. */
  goType?: string;
  /** A zero value (0, false, '') says something else than absence, and is kept. */
  pointer?: boolean;
}

export interface GroupVersionKind {
  group: string;
  version: string;
  kind: string;
}

export interface Definition {
  /** `apps.v1.Deployment`, `core.v1.Container`, `meta.v1.ObjectMeta`. */
  name: string;
  fields: Map<string, Field>;
  required: string[];
  mapType?: 'atomic';
  /** Fields that are not named are kept as they are. */
  preserveUnknown?: boolean;
  /** Values of the wrong type, nulls and zeros are kept for validation to judge: custom resources have no Go type to decode into. */
  loose?: boolean;
  gvk?: GroupVersionKind;
}
