import { structure } from '../generated/structure.ts';
import type { Compact } from './compact.ts';
import type { Definition, Field, FieldType, Scalar } from './definition.ts';

const SCALARS: Record<string, Scalar> = {
  s: 'string',
  b: 'boolean',
  i: 'int32',
  l: 'int64',
  d: 'double',
  y: 'bytes',
  t: 'time',
  u: 'microtime',
  q: 'quantity',
  x: 'intOrString',
  o: 'object',
  '*': 'any',
};

const expanded = new Map<string, Definition>();

export const hasDefinition = (name: string): boolean => Object.hasOwn(structure, name);

export const definitionNames = (): string[] => Object.keys(structure);

/** The definition of that name, for example `apps.v1.Deployment`; shared by all, so never change it. */
export function definition(name: string): Definition {
  const known = expanded.get(name);
  if (known !== undefined) return known;
  if (!hasDefinition(name)) throw new Error(`no definition is called ${name}`);
  const made = expandDefinition(name, structure[name] as Compact);
  expanded.set(name, made);
  return made;
}

function expandDefinition(name: string, compact: Compact): Definition {
  const fields = new Map(Object.entries(compact.f).map(([field, value]) => [field, expandField(value)]));
  const made: Definition = { name, fields, required: compact.r ?? [] };
  if (compact.m) made.mapType = compact.m;
  if (compact.g) made.gvk = { group: compact.g[0], version: compact.g[1], kind: compact.g[2] };
  return made;
}

function expandField(compact: string | readonly unknown[]): Field {
  if (typeof compact === 'string') return { type: expandType(compact) };
  const [code, listType, listMapKeys, patchStrategy, patchMergeKey, mapType, value, goType, pointer] = compact;
  const field: Field = { type: expandType(code as string) };
  if (listType) field.listType = listType as Field['listType'] & string;
  if (listMapKeys) field.listMapKeys = listMapKeys as string[];
  if (patchStrategy) field.patchStrategy = (patchStrategy as string).split(',');
  if (patchMergeKey) field.patchMergeKey = patchMergeKey as string;
  if (mapType) field.mapType = mapType as Field['mapType'] & string;
  if (value) field.default = value;
  if (goType) field.goType = goType as string;
  if (pointer) field.pointer = true;
  return field;
}

function expandType(code: string): FieldType {
  if (code.startsWith('[')) return { kind: 'list', item: expandType(code.slice(1)) };
  if (code.startsWith('{')) return { kind: 'map', item: expandType(code.slice(1)) };
  if (code.startsWith('@')) return { kind: 'ref', name: code.slice(1) };
  return { kind: 'scalar', scalar: SCALARS[code] as Scalar };
}
