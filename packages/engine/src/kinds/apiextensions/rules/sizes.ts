import type { Range, SizeAt } from '../../../machinery/cel/index.ts';
import { escapeName } from '../../../machinery/cel/index.ts';
import { itemsOf, type JsonSchema, propertiesOf, valuesOf } from '../schema/types.ts';

/** Models k8s.io/apiserver/pkg/cel/limits.go: what fits into a request, and how short and long JSON texts of a format are. */
export const REQUEST_BYTES_MAX = 3 * 1024 * 1024;
const TEXT_MAX = REQUEST_BYTES_MAX - 2;
const [TEXT_MIN, NUMBER_MIN, BOOL_MIN, CONTAINER_MIN] = [2, 1, 4, 2];
const FORMATS: Readonly<Record<string, { min: number; max: number }>> = {
  duration: { min: 3, max: 32 },
  date: { min: 12, max: 12 },
  'date-time': { min: 21, max: 32 },
};
/** Lengths are in characters, of up to four bytes each. */
const CHARACTER_BYTES = 4;

/** How much JSON a value takes at least, how many parts it has at most, and the same of what is in it. */
export interface Extent {
  bytesMin: number;
  partsMax: number;
  item?: Extent;
  key?: Extent;
  fields?: ReadonlyMap<string, Extent>;
}

const scalar = (bytesMin: number, partsMax = 0): Extent => ({ bytesMin, partsMax });
const positive = (value: number): number => Math.max(0, value);
const UNBOUNDED_TEXT = scalar(TEXT_MIN, TEXT_MAX);

function textExtent(schema: JsonSchema): Extent {
  const { format = '', maxLength, enum: values = [] } = schema;
  if (format === 'byte') return scalar(TEXT_MIN, maxLength === undefined ? TEXT_MAX : positive(maxLength));
  const known = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  if (known) return scalar(known.min, known.max);
  if (maxLength !== undefined) return scalar(TEXT_MIN, positive(maxLength) * CHARACTER_BYTES);
  const longest = Math.max(0, ...(values as unknown[]).map((value) => (typeof value === 'string' ? value.length : 0)));
  return scalar(TEXT_MIN, (values as unknown[]).length > 0 ? longest : TEXT_MAX);
}

function objectExtent(schema: JsonSchema, isResource: boolean): Extent | undefined {
  const values = valuesOf(schema);
  if (values) {
    const item = extentOf(values);
    if (!item) return undefined;
    const partsMax = schema.maxProperties === undefined ? Math.floor(TEXT_MAX / (item.bytesMin + 6)) : positive(schema.maxProperties);
    return { bytesMin: CONTAINER_MIN, partsMax, item, key: scalar(TEXT_MIN) };
  }
  const fields = new Map<string, Extent>();
  let bytesMin = CONTAINER_MIN;
  for (const [name, property] of propertiesOf(schema)) {
    const extent = extentOf(property);
    if (!extent) continue;
    fields.set(escapeName(name) ?? '', extent);
    if (schema.required?.includes(name) && property.default === undefined) bytesMin += name.length + extent.bytesMin + 4;
  }
  if (isResource) {
    const metadata: [string, Extent][] = [...(fields.get('metadata')?.fields ?? []), ['name', UNBOUNDED_TEXT], ['generateName', UNBOUNDED_TEXT]];
    for (const name of ['apiVersion', 'kind']) fields.set(name, UNBOUNDED_TEXT);
    fields.set('metadata', { bytesMin: CONTAINER_MIN, partsMax: 0, fields: new Map(metadata) });
  }
  return { bytesMin, partsMax: 0, fields };
}

/** Models SchemaDeclType in k8s.io/apiserver/pkg/cel/common/schemas.go; undefined for what no rule can look at. */
export function extentOf(schema: JsonSchema, isRoot = false): Extent | undefined {
  if (schema['x-kubernetes-int-or-string']) {
    return scalar(NUMBER_MIN, schema.maxLength === undefined ? TEXT_MAX : positive(schema.maxLength) * CHARACTER_BYTES);
  }
  switch (schema.type) {
    case 'array': {
      const items = itemsOf(schema);
      const item = items && extentOf(items);
      if (!item) return undefined;
      const partsMax = schema.maxItems === undefined ? Math.floor(TEXT_MAX / (item.bytesMin + 1)) : positive(schema.maxItems);
      return { bytesMin: CONTAINER_MIN, partsMax, item };
    }
    case 'object':
      return objectExtent(schema, isRoot || schema['x-kubernetes-embedded-resource'] === true);
    case 'string':
      return textExtent(schema);
    case 'boolean':
      return scalar(BOOL_MIN);
    case 'number':
    case 'integer':
      return scalar(NUMBER_MIN);
  }
  return undefined;
}

/** Sizes by path, of which the first step (`self`, `oldSelf`) is always the value itself. Models EstimateSize. */
export const sizesBelow =
  (root: Extent): SizeAt =>
  ([, ...steps]): Range | undefined => {
    let at: Extent | undefined = root;
    for (const step of steps) {
      if (step === '@items' || step === '@values') at = at.item;
      else at = step === '@keys' ? at.key : at.fields?.get(step);
      if (!at) return undefined;
    }
    return { min: 0, max: at.partsMax };
  };
