import type { FieldType } from '@vivakube/schema';

const SCALAR_NAMES: Record<string, string> = {
  string: 'string',
  boolean: 'bool',
  int32: 'int32',
  int64: 'int64',
  double: 'float64',
  bytes: '[]uint8',
  time: 'v1.Time',
  microtime: 'v1.MicroTime',
  quantity: 'resource.Quantity',
  intOrString: 'intstr.IntOrString',
  object: 'runtime.RawExtension',
  any: 'interface {}',
};

/** `core.v1.Pod` is v1.Pod to Go. */
export function goTypeOfDefinition(name: string): string {
  const parts = name.split('.');
  return parts.slice(-2).join('.');
}

/** The struct name alone, as it stands before the field path. */
export const goStructName = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** What Go's decoder calls a type in its errors. */
export function goTypeName(type: FieldType, named: string | undefined): string {
  if (named !== undefined) return named;
  switch (type.kind) {
    case 'scalar':
      return SCALAR_NAMES[type.scalar] as string;
    case 'list':
      return `[]${goTypeName(type.item, undefined)}`;
    case 'map':
      return `map[string]${goTypeName(type.item, undefined)}`;
    case 'ref':
      return goTypeOfDefinition(type.name);
    case 'inline':
      return goTypeOfDefinition(type.definition.name);
  }
}

/** How the amounts of a v1.ResourceList are told from other quantities: they are rounded. */
export const IN_RESOURCE_LIST = 'resource.Quantity of v1.ResourceList';

/** The Go name of what is inside a list or map of that Go name, unless the name says nothing about it. */
export function goItemName(named: string | undefined): string | undefined {
  if (named === 'v1.ResourceList') return IN_RESOURCE_LIST;
  if (named?.startsWith('[]')) return named.slice(2);
  return named?.startsWith('map[') ? named.slice(named.indexOf(']') + 1) : undefined;
}
