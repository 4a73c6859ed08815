import { equalJson } from '../../core/json.ts';
import type { KubeObject } from '../../core/object.ts';
import { applyJsonPatch } from '../patch/json.ts';
import { ApiError } from '../status.ts';

export interface PatchOperation {
  op: string;
  path: string;
  from?: string;
  value?: unknown;
}

type Result = { document: object } | { problem: string };

const steps = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

function valueAt(document: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    return (value as Record<string, unknown>)[key];
  }, document);
}

/** Why an operation does not apply, in the words of gopkg.in/evanphx/json-patch.v4. */
function problemOf(document: object, { op, path, from }: PatchOperation): string {
  const target = steps(path);
  const parent = valueAt(document, target.slice(0, -1));
  const isParent = typeof parent === 'object' && parent !== null;
  switch (op) {
    case 'add':
      return isParent ? `error in add for path: '${path}'` : `add operation does not apply: doc is missing path: "${path}": missing value`;
    case 'remove':
      if (!isParent) return `remove operation does not apply: doc is missing path: "${path}": missing value`;
      return `error in remove for path: '${path}': Unable to remove nonexistent key: ${target.at(-1)}: missing value`;
    case 'replace':
      return `replace operation does not apply: doc is missing ${isParent ? 'key' : 'path'}: ${path}: missing value`;
    case 'move':
    case 'copy':
      return `${op} operation does not apply: doc is missing from path: ${from ?? ''}: missing value`;
    default:
      return `Unexpected kind: ${op}`;
  }
}

/** RFC 6902; a test that fails leaves the document as it was. */
export function applyOperations(object: KubeObject, operations: readonly PatchOperation[]): Result {
  let document: object = object;
  for (const operation of operations) {
    if (operation.op === 'test') {
      if (!equalJson(valueAt(document, steps(operation.path)) ?? null, operation.value ?? null)) return { document: object };
      continue;
    }
    try {
      document = applyJsonPatch(document as never, [operation] as never) as object;
    } catch (error) {
      if (error instanceof ApiError) return { problem: problemOf(document, operation) };
      throw error;
    }
  }
  return { document };
}
