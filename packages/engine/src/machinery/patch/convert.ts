import type { Definition, FieldType, Scalar } from '@vivakube/schema';
import { definitionOf } from './patchMeta.ts';
import { type Json, type JsonObject, own } from './plain.ts';

// Models FromUnstructured in k8s.io/apimachinery/pkg/runtime/converter.go: what it says about data that do not fit a typed object.

const GO_KIND: Partial<Record<Scalar, string>> = { string: 'string', boolean: 'bool', int32: 'int32', int64: 'int64', double: 'float64' };

/** The first field whose value is of another kind than its type; undefined where all fit. */
export function conversionProblem(object: JsonObject, definition: Definition): string | undefined {
  for (const [name, field] of definition.fields) {
    const value = own(object, name);
    const problem = value === undefined || value === null ? undefined : valueProblem(value, field.type);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function valueProblem(value: Json, type: FieldType): string | undefined {
  if (value === null) return undefined;
  if (type.kind === 'scalar') return scalarProblem(value, type.scalar);
  if (type.kind === 'list') return Array.isArray(value) ? firstProblem(value, type.item) : `cannot restore slice from ${goKind(value)}`;
  if (typeof value !== 'object' || Array.isArray(value))
    return `cannot restore ${type.kind === 'map' ? 'map from' : 'struct from:'} ${goKind(value)}`;
  if (type.kind === 'map') return firstProblem(Object.values(value), type.item);
  return conversionProblem(value, definitionOf(type) as Definition);
}

function firstProblem(values: Json[], type: FieldType): string | undefined {
  for (const value of values) {
    const problem = valueProblem(value, type);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function scalarProblem(value: Json, scalar: Scalar): string | undefined {
  const wanted = GO_KIND[scalar];
  if (wanted === undefined || fits(value, scalar)) return undefined;
  // Go can turn numbers into texts and into each other, so it notices those; what it cannot turn at all it does not recognise.
  const convertible = typeof value === 'number' && scalar !== 'boolean';
  return convertible ? `cannot convert ${goKind(value)} to ${wanted}` : `unrecognized type: ${wanted}`;
}

function fits(value: Json, scalar: Scalar): boolean {
  if (scalar === 'string') return typeof value === 'string';
  if (scalar === 'boolean') return typeof value === 'boolean';
  return typeof value === 'number' && (scalar === 'double' || Number.isInteger(value));
}

function goKind(value: Json): string {
  if (Array.isArray(value)) return 'slice';
  if (typeof value === 'object') return 'map';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return typeof value === 'boolean' ? 'bool' : 'string';
}
