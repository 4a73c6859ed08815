import { type Part, sortedKeys } from '../fields.ts';
import { GO_TYPES, type GoType } from './types.ts';

type Show = (value: unknown) => unknown;

/** Go's JSON sorts the keys of a map; an absent map is null. */
export const goMap = (map: Record<string, unknown> | undefined): Record<string, unknown> | null =>
  map === undefined ? null : Object.fromEntries(sortedKeys(map).map((key) => [key, map[key]]));

const isEmpty = (value: unknown): boolean => value === undefined || Object.keys(value as object).length === 0;

/** A type with JSON names of its own: what is empty is left out. */
export function goSelector(selector: Part): unknown {
  if (!selector) return null;
  const { matchLabels, matchExpressions } = selector;
  const requirement = ({ key = '', operator = '', values }: Part) => ({ key, operator, ...(isEmpty(values) ? {} : { values }) });
  return {
    ...(isEmpty(matchLabels) ? {} : { matchLabels: goMap(matchLabels) }),
    ...(isEmpty(matchExpressions) ? {} : { matchExpressions: matchExpressions.map(requirement) }),
  };
}

const META_FIELDS = ['name', 'generateName', 'namespace', 'labels', 'annotations', 'finalizers'];

/** Metadata keeps its JSON names even inside an internal type. */
const goMeta = (meta: Part): Record<string, unknown> =>
  Object.fromEntries(
    META_FIELDS.filter((field) => meta?.[field] && !isEmpty(meta[field])).map((field) => {
      const value = meta[field];
      return [field, typeof value === 'object' && !Array.isArray(value) ? goMap(value) : value];
    }),
  );

const BASIC: Record<string, Show> = {
  string: (value) => value ?? '',
  int: (value) => value ?? 0,
  bool: (value) => value ?? false,
  intstr: (value) => value ?? 0,
  quantity: (value) => String(value ?? '0'),
  map: (value) => goMap(value as Record<string, unknown> | undefined),
  selector: goSelector,
  any: (value) => value,
};

function showOf(type: string): Show {
  if (type.startsWith('*')) {
    const show = showOf(type.slice(1));
    return (value) => (value === undefined || value === null ? null : show(value));
  }
  if (type.startsWith('[]')) {
    const show = showOf(type.slice(2));
    return (value) => (value === undefined || value === null ? null : (value as unknown[]).map(show));
  }
  return BASIC[type] ?? ((value) => goStruct(type as GoType, value));
}

const FIELD = /^(\w+)(?:=(\w+))?(\?)?(?::(.+))?$/;

/** The pod's ties to its host are fields of the security context in the internal type. */
const HOST_FIELDS = ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace', 'hostUsers'];

function internalForm(type: GoType, value: Part): Part {
  if (type !== 'PodSpec') return value;
  const host = Object.fromEntries(HOST_FIELDS.map((field) => [field, value?.[field]]));
  return { ...value, securityContext: { ...value?.securityContext, ...host } };
}

/** A value of the API as an internal struct of that type: every field, in order, under its Go name. */
export function goStruct(type: GoType, value: Part): Record<string, unknown> {
  const source = internalForm(type, value);
  const out: Record<string, unknown> = {};
  for (const token of GO_TYPES[type].split(' ')) {
    if (token === '@meta') Object.assign(out, goMeta(source?.metadata));
    else if (token.startsWith('@')) Object.assign(out, goStruct(token.slice(1) as GoType, source));
    else {
      const [, goName, json, optional, fieldType = 'string'] = FIELD.exec(token) as unknown as [string, string, string?, string?, string?];
      const field = json ?? goName.charAt(0).toLowerCase() + goName.slice(1);
      if (!optional || source?.[field] !== undefined) out[goName] = showOf(fieldType)(source?.[field]);
    }
  }
  return out;
}

export const goStructs = (type: GoType, values: Part[] | undefined): unknown => values?.map((value) => goStruct(type, value)) ?? null;
