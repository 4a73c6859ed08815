import { equalJson, setOwn } from '../../core/json.ts';
import { goQuote } from '../field.ts';
import { ApiError } from '../status.ts';
import { decodeError, goJsonKind, unprocessable } from './body.ts';
import { isObject, type Json, type JsonObject, own } from './plain.ts';

/** Models maxJSONPatchOperations in k8s.io/apiserver/pkg/endpoints/handlers/patch.go. */
const OPERATIONS_MAX = 10_000;
/** Models JSONPatchMaxCopyBytes: copies of copies double, so what they add is bounded. */
const COPIED_BYTES_MAX = 3 * 1024 * 1024;

interface Operation {
  op: string;
  path: string[];
  from: string[] | undefined;
  value: Json | undefined;
}

/** RFC 6902, with negative array indexes as evanphx/json-patch has them. The input stays as it is. */
export function applyJsonPatch(current: JsonObject, patch: Json): Json {
  if (!Array.isArray(patch)) throw decodeError(`json: cannot unmarshal ${goJsonKind(patch)} into Go value of type []handlers.jsonPatchOp`);
  if (patch.length > OPERATIONS_MAX) {
    const message = `The allowed maximum operations in a JSON patch is ${OPERATIONS_MAX}, got ${patch.length}`;
    throw new ApiError(413, 'RequestEntityTooLarge', `Request entity is too large: ${message}`);
  }
  const operations = patch.map(decodeOperation);
  let copiedBytes = 0;
  return operations.reduce<Json>((document, operation) => {
    if (operation.op === 'copy') {
      copiedBytes += JSON.stringify(read(document, operation.from ?? [])).length;
      if (copiedBytes > COPIED_BYTES_MAX) throw unprocessable();
    }
    return applyOperation(document, operation);
  }, current);
}

function decodeOperation(item: Json): Operation {
  if (!isObject(item)) throw decodeError(`json: cannot unmarshal ${goJsonKind(item)} into Go value of type handlers.jsonPatchOp`);
  const text = (field: 'op' | 'path' | 'from'): string | undefined => {
    const value = own(item, field) ?? undefined;
    if (value === undefined || typeof value === 'string') return value;
    throw decodeError(`json: cannot unmarshal ${goJsonKind(value)} into Go struct field jsonPatchOp.${field} of type string`);
  };
  const from = text('from');
  const path = text('path');
  return {
    op: text('op') ?? '',
    path: path === undefined ? [] : pointer(path),
    from: from === undefined ? undefined : pointer(from),
    value: own(item, 'value'),
  };
}

const OPERATION_FIELDS: readonly string[] = ['op', 'path', 'from', 'value'];

/** What operations say that means nothing, as strict decoding names it. */
export const unknownFields = (patch: Json): string[] =>
  (patch as JsonObject[]).flatMap((operation, i) =>
    Object.keys(operation).flatMap((key) => (OPERATION_FIELDS.includes(key) ? [] : [`unknown field ${goQuote(`[${i}].${key}`)}`])),
  );

function pointer(text: string): string[] {
  if (text === '') return [];
  const [head, ...parts] = text.split('/');
  if (head !== '') throw unprocessable();
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function applyOperation(document: Json, { op, path, from, value }: Operation): Json {
  switch (op) {
    case 'add':
      return edit(document, path, (parent, key) => insert(parent, key, value ?? null));
    case 'replace':
      return edit(document, path, (parent, key) => replace(parent, key, value ?? null));
    case 'remove':
      return edit(document, path, remove);
    case 'move': {
      if (from === undefined) throw unprocessable();
      const moved = read(document, from);
      return edit(edit(document, from, remove), path, (parent, key) => insert(parent, key, moved));
    }
    case 'copy': {
      if (from === undefined) throw unprocessable();
      const copied = read(document, from);
      return edit(document, path, (parent, key) => insert(parent, key, copied));
    }
    case 'test':
      if (!equalJson(lookup(document, path) ?? null, value ?? null)) throw unprocessable();
      return document;
    default:
      throw unprocessable();
  }
}

type Container = Json[] | JsonObject;
const isContainer = (value: Json | undefined): value is Container => typeof value === 'object' && value !== null;

/** A copy of the document in which the container that holds the last step is changed; siblings are shared. */
function edit(document: Json, path: string[], change: (parent: Container, key: string) => Container, depth = 0): Json {
  if (!isContainer(document) || path.length === 0) throw unprocessable();
  const key = path[depth] as string;
  if (depth === path.length - 1) return change(document, key);
  const child = childOf(document, key);
  return withChild(document, key, edit(child ?? null, path, change, depth + 1));
}

function childOf(parent: Container, key: string): Json | undefined {
  return Array.isArray(parent) ? parent[indexIn(key, parent.length - 1)] : own(parent, key);
}

function withChild(parent: Container, key: string, child: Json): Container {
  if (Array.isArray(parent)) return parent.with(indexIn(key, parent.length - 1), child);
  const copy = { ...parent };
  setOwn(copy, key, child);
  return copy;
}

function insert(parent: Container, key: string, value: Json): Container {
  if (!Array.isArray(parent)) return withChild(parent, key, value);
  return key === '-' ? [...parent, value] : parent.toSpliced(indexIn(key, parent.length), 0, value);
}

function replace(parent: Container, key: string, value: Json): Container {
  if (!Array.isArray(parent) && !Object.hasOwn(parent, key)) throw unprocessable();
  return withChild(parent, key, value);
}

function remove(parent: Container, key: string): Container {
  if (Array.isArray(parent)) return parent.toSpliced(indexIn(key, parent.length - 1), 1);
  if (!Object.hasOwn(parent, key)) throw unprocessable();
  const copy = { ...parent };
  delete copy[key];
  return copy;
}

function indexIn(key: string, last: number): number {
  if (!/^-?\d+$/.test(key)) throw unprocessable();
  let index = Number(key);
  if (index < 0) index += last + 1;
  if (index < 0 || index > last) throw unprocessable();
  return index;
}

function lookup(document: Json, path: string[]): Json | undefined {
  return path.reduce<Json | undefined>((value, key) => {
    if (!isContainer(value)) throw unprocessable();
    return childOf(value, key);
  }, document);
}

function read(document: Json, path: string[]): Json {
  const value = lookup(document, path);
  if (value === undefined) throw unprocessable();
  return value;
}
