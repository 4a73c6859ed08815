import type { Definition, Field, FieldType, Scalar } from '@vivakube/schema';
import { goFormat } from '../patch/index.ts';
import { ApiError } from '../status.ts';
import { keyElement, keyValue, showElement } from './listKeys.ts';
import { definitionOf, type KeyField, keyFields } from './shape.ts';

// Models typed/validate.go of structured-merge-diff: what may be applied has to fit the schema, and its lists need proper keys.

export interface Finding {
  path: string;
  message: string;
}

const NUMBERS: readonly Scalar[] = ['int32', 'int64', 'double'];
const TEXTS: readonly Scalar[] = ['string', 'bytes'];

export function appliedFindings(config: object, definition: Definition): Finding[] {
  const findings: Finding[] = [];
  checkStruct(config as Record<string, unknown>, definition, '', findings);
  return findings;
}

/** 500, as a real server answers: it does not count this as the client's fault. */
export function refuseUntyped(findings: readonly Finding[], described: string): ApiError {
  const texts = findings.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  const text = texts.length === 1 ? texts[0] : ['errors:', ...texts.map((line) => `  ${line}`)].join('\n');
  return new ApiError(500, '', `failed to create typed patch object (${described}): ${text}`);
}

const goValue = (value: unknown): string => `&{${goFormat(value as never)}}`;

function checkStruct(data: Record<string, unknown>, definition: Definition, path: string, out: Finding[]): void {
  for (const name of Object.keys(data)) {
    const field = definition.fields.get(name);
    if (field !== undefined) check(data[name], field.type, `${path}.${name}`, out, field);
    else if (!definition.preserveUnknown) out.push({ path: `${path}.${name}`, message: 'field not declared in schema' });
  }
}

function check(value: unknown, type: FieldType, path: string, out: Finding[], field?: Field): void {
  if (value === null || value === undefined) return;
  switch (type.kind) {
    case 'scalar':
      checkScalar(value, type.scalar, path, out);
      return;
    case 'list':
      if (!Array.isArray(value)) out.push({ path, message: `expected list, got ${goValue(value)}` });
      else checkItems(value, type.item, path, out, field);
      return;
    default:
      if (typeof value !== 'object' || Array.isArray(value)) out.push({ path, message: `expected map, got ${goValue(value)}` });
      else if (type.kind === 'map')
        for (const key of Object.keys(value)) check((value as Record<string, unknown>)[key], type.item, `${path}.${key}`, out);
      else checkStruct(value as Record<string, unknown>, definitionOf(type), path, out);
  }
}

function checkScalar(value: unknown, scalar: Scalar, path: string, out: Finding[]): void {
  if (NUMBERS.includes(scalar) && typeof value !== 'number') {
    out.push({ path, message: `expected numeric (int or float), got ${goName(value)}` });
  } else if (TEXTS.includes(scalar) && typeof value !== 'string') {
    out.push({ path, message: `expected string, got &value.valueUnstructured{Value:${goSyntax(value)}}` });
  } else if (scalar === 'boolean' && typeof value !== 'boolean') {
    out.push({ path, message: `expected boolean, got ${goValue(value)}` });
  }
}

function goName(value: unknown): string {
  if (Array.isArray(value)) return '[]interface {}';
  if (typeof value === 'object') return 'map[string]interface {}';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

/** Go's %#v of decoded JSON. */
function goSyntax(value: unknown): string {
  if (value === null) return 'interface {}(nil)';
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const data = value as Record<string, unknown>;
  const parts = Object.keys(data)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${goSyntax(data[key])}`);
  return `map[string]interface {}{${parts.join(', ')}}`;
}

function checkItems(list: unknown[], item: FieldType, path: string, out: Finding[], field: Field | undefined): void {
  const keys = field?.listType === 'map' ? keyFields(item, field.listMapKeys ?? []) : undefined;
  const isSet = field?.listType === 'set';
  const seen = new Set<string>();
  for (const [i, value] of list.entries()) {
    if (keys === undefined && !isSet) {
      check(value, item, `${path}[${i}]`, out);
      continue;
    }
    const problem = keys ? keyProblem(value, keys) : setItemProblem(value);
    if (problem !== undefined) {
      out.push({ path, message: `element ${i}: ${problem}` });
      return;
    }
    const element = keys ? keyElement(value, keys) : `v:${JSON.stringify(value)}`;
    if (seen.has(element)) out.push({ path, message: `duplicate entries for key ${showElement(element)}` });
    seen.add(element);
    check(value, item, `${path}${showElement(element)}`, out);
  }
}

function keyProblem(item: unknown, keys: readonly KeyField[]): string | undefined {
  if (item === null) return 'associative list with keys may not have a null element';
  if (typeof item !== 'object' || Array.isArray(item)) return 'associative list with keys may not have non-map elements';
  const missing = keys.find((key) => key.required && keyValue(item, key) === undefined);
  return missing && `associative list with keys has an element that omits key field ${JSON.stringify(missing.name)} (and doesn't have default value)`;
}

function setItemProblem(item: unknown): string | undefined {
  if (item === null) return "associative list without keys has an element that's an explicit null";
  if (Array.isArray(item)) return 'not supported: associative list with lists as elements';
  return typeof item === 'object' ? "associative list without keys has an element that's a map type" : undefined;
}
