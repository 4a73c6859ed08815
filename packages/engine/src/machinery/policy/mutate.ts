import { type Definition, definition } from '@vivakube/schema';
import { copyJson } from '../../core/json.ts';
import type { KubeObject } from '../../core/object.ts';
import { CelError, isMap, Message, toJson, type Value } from '../cel/index.ts';
import { DecodeError } from '../decode/decodeError.ts';
import { readTyped } from '../decode/reader.ts';
import type { KindDefinition } from '../kind.ts';
import { appliedFindings, mergeApplied } from '../managed/index.ts';
import { ApiError } from '../status.ts';
import { atomicPaths } from './atomics.ts';
import { ExpressionRun } from './evaluate.ts';
import { applyOperations, type PatchOperation } from './json-patch.ts';

/** Why a mutation could not be made; failurePolicy decides what that means. */
export class MutationError extends Error {}

const definitionOf = (kind: KindDefinition): Definition => kind.definition ?? definition(kind.schema);

/** One policy that changes one object. Models k8s.io/apiserver/pkg/admission/plugin/policy/mutating/patch. */
export class MutationRun extends ExpressionRun {
  /** The object as the mutation of that number leaves it. Throws MutationError. */
  mutated(index: number, object: KubeObject, kind: KindDefinition): KubeObject {
    const expression = this.compiled.mutations[index];
    if (!expression) throw new Error(`a policy has no mutation ${index}`);
    const value = this.evaluate(expression);
    if (value instanceof CelError) throw new MutationError(value.message);
    const patched = this.policy.spec.mutations?.[index]?.patchType === 'JSONPatch' ? jsonPatched(value, object, kind) : applied(value, object, kind);
    if (patched === object) return object;
    const own = copyJson(patched);
    kind.defaults?.(own);
    return own;
  }
}

function applied(value: Value, object: KubeObject, kind: KindDefinition): KubeObject {
  if (!(value instanceof Message)) throw new MutationError('unsupported return type from ApplyConfiguration expression');
  checkTypeNames(value);
  const { apiVersion, kind: name } = object;
  const config = { ...asObject(jsonOf(value)), apiVersion, kind: name };
  const of = definitionOf(kind);
  const findings = appliedFindings(config, of).map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  const text = findings.length === 1 ? findings[0] : ['errors:', ...findings.map((line) => `  ${line}`)].join('\n');
  if (findings.length > 0) throw new MutationError(`error applying patch: failed to convert patch object to typed object: ${text}`);
  const atomics = atomicPaths(config, of);
  if (atomics.length > 0) {
    throw new MutationError(`error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: ${atomics.join(', ')}`);
  }
  return mergeApplied(object, config, of) as KubeObject;
}

function jsonPatched(value: Value, object: KubeObject, kind: KindDefinition): KubeObject {
  if (!Array.isArray(value)) throw new MutationError('type mismatch: JSONPatchType.expression should evaluate to array');
  const result = applyOperations(object, (value as Value[]).map(operationOf));
  if ('problem' in result) throw new MutationError(`JSONPath: ${result.problem}`);
  return result.document === object ? object : typed(result.document, kind);
}

/** What a server would read from the patched text. */
function typed(document: object, kind: KindDefinition): KubeObject {
  try {
    const { value, strict } = readTyped(JSON.stringify(document), definitionOf(kind));
    if (strict.length > 0) throw new DecodeError(`strict decoding error: ${strict.join(', ')}`);
    return value as KubeObject;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new ApiError(500, 'InternalError', `Internal error occurred: ${error.message}`, { causes: [{ message: error.message }] });
  }
}

function operationOf(value: Value): PatchOperation {
  if (!(value instanceof Message)) throw new MutationError('type mismatch: JSONPatchType.expression should evaluate to array of JSONPatch');
  const made = value.fields.get('value');
  if (made instanceof Message) checkTypeNames(made);
  const { op = '', path = '', from } = asObject(Object.fromEntries([...value.fields].filter(([name]) => name !== 'value')));
  return {
    op: String(op),
    path: String(path),
    ...(from ? { from: String(from) } : {}),
    ...(made === undefined ? {} : { value: jsonOf(made, 'JSONPath valueExpression evaluated to a type that could not marshal to JSON: ') }),
  };
}

const asObject = (value: unknown): Record<string, unknown> => value as Record<string, unknown>;

function jsonOf(value: Value, prefix = ''): unknown {
  try {
    return toJson(value);
  } catch (error) {
    if (error instanceof CelError) throw new MutationError(`${prefix}${error.message}`);
    throw error;
  }
}

/** The name of an object's type says where it belongs: `Object.spec` is what the field `spec` of `Object` holds. */
function checkTypeNames(message: Message): void {
  const problems = typeNameProblems(message, message.type);
  if (problems.length > 0) throw new MutationError(`type mismatch: ${problems.join('\n')}`);
}

function typeNameProblems(value: Value, expected: string): string[] {
  if (value instanceof Message) {
    const inner = [...value.fields].flatMap(([name, field]) => typeNameProblems(field, `${expected}.${name}`));
    if (value.type === expected) return inner;
    return [`unexpected type name "${value.type}", expected "${expected}", which matches field name path from root Object type`, ...inner];
  }
  if (Array.isArray(value)) return (value as Value[]).flatMap((item) => typeNameProblems(item, expected));
  if (value !== null && typeof value === 'object' && isMap(value))
    return value.keys().flatMap((key) => typeNameProblems(value.get(key) as Value, expected));
  return [];
}
