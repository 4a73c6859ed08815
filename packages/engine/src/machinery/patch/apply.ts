import type { Definition } from '@vivakube/schema';
import type { KubeObject } from '../../core/object.ts';
import { type Expectation, kindMismatch, conversionProblem as misconversion } from '../decode/accept.ts';
import { DecodeError } from '../decode/decodeError.ts';
import { duplicateFields } from '../decode/duplicates.ts';
import { arrange, type DecodedObject, type FieldValidation } from '../decode/index.ts';
import { type Decoded, readTyped } from '../decode/reader.ts';
import { invalid } from '../field.ts';
import { ApiError, badRequest, unsupportedMediaType } from '../status.ts';
import { decodeError, goJsonKind, parseBody, unprocessable } from './body.ts';
import { conversionProblem } from './convert.ts';
import { goFormat } from './goFormat.ts';
import { applyJsonPatch, unknownFields } from './json.ts';
import { applyMergePatch } from './merge.ts';
import { isObject, type Json, type JsonObject, own } from './plain.ts';
import { mergeStrategically } from './strategic.ts';

export const JSON_PATCH = 'application/json-patch+json';
export const MERGE_PATCH = 'application/merge-patch+json';
export const STRATEGIC_MERGE_PATCH = 'application/strategic-merge-patch+json';
export const APPLY_PATCH = 'application/apply-patch+yaml';

const BUILT_IN: readonly string[] = [JSON_PATCH, MERGE_PATCH, STRATEGIC_MERGE_PATCH, APPLY_PATCH];
const CUSTOM: readonly string[] = [JSON_PATCH, MERGE_PATCH, APPLY_PATCH];

export interface PatchRequest {
  /** With or without parameters. */
  contentType: string | undefined;
  body: string;
  current: KubeObject;
  definition: Definition;
  /** Custom resources have no strategic merge patch. */
  custom?: boolean;
}

interface Patched {
  object: JsonObject;
  /** How a refusal of the patched object shows the patch. */
  shown: () => string;
  /** What strict decoding finds in the patch itself. */
  strict: string[];
}

/** The media type of a patch without its parameters; 415 unless it is served. */
export function patchTypeOf(contentType: string | undefined, custom = false): string {
  const type = (contentType ?? '').split(';')[0] as string;
  const accepted = custom ? CUSTOM : BUILT_IN;
  if (!accepted.includes(type)) throw unsupportedMediaType([...accepted]);
  return type;
}

/** Carries out a patch other than server-side apply. The current object is not changed; the result is neither decoded nor validated yet. */
export const applyPatch = (request: PatchRequest): JsonObject => carryOut(request).object;

/** The same, and the result as an object of its kind again; what does not decode is 422 and shows the patch. */
export function patchAndDecode(request: PatchRequest, expected: Expectation, fieldValidation: FieldValidation): DecodedObject {
  const { object, shown, strict: ofPatch } = carryOut(request);
  const refuse = (detail: string): ApiError => misfitError(shown(), detail);
  // A strategic merge patch is decoded into the kind's type, whatever it says of itself.
  if (patchTypeOf(request.contentType, request.custom) !== STRATEGIC_MERGE_PATCH) checkKind(object, expected, refuse);
  const { value, strict: ofObject } = readOr(refuse, object, expected);
  const strict = [...ofPatch, ...ofObject];
  if (fieldValidation === 'Strict' && strict.length > 0) throw refuse(`strict decoding error: ${strict.join(', ')}`);
  return { object: arrange(value as Record<string, unknown>, expected), warnings: fieldValidation === 'Warn' ? strict : [] };
}

function checkKind(object: JsonObject, expected: Expectation, refuse: (detail: string) => ApiError): void {
  const found = { apiVersion: textAt(object, 'apiVersion', expected), kind: textAt(object, 'kind', expected) };
  const mismatch = kindMismatch(found, expected);
  if (mismatch === undefined) return;
  const problem = expected.definition.loose ? undefined : misconversion(found, expected);
  throw problem === undefined ? mismatch : refuse(problem);
}

/** 422 that names no object, as a real server's does not. */
function misfitError(shown: string, detail: string): ApiError {
  const { type: reason, body: message, field } = invalid('patch', shown, detail);
  return new ApiError(422, 'Invalid', ` "" is invalid: ${field}: ${message}`, { causes: [{ reason, message, field }] });
}

function textAt(object: JsonObject, field: 'apiVersion' | 'kind', expected: Expectation): string {
  const value = own(object, field);
  return typeof value === 'string' && value !== '' ? value : expected[field];
}

function readOr(refuse: (detail: string) => ApiError, object: JsonObject, { definition }: Expectation): Decoded {
  try {
    return readTyped(JSON.stringify(object), definition);
  } catch (error) {
    throw error instanceof DecodeError ? refuse(error.message) : error;
  }
}

function carryOut({ contentType, body, current, definition, custom }: PatchRequest): Patched {
  const type = patchTypeOf(contentType, custom);
  const document = current as unknown as JsonObject;
  const strict = (): string[] => duplicateFields(body);
  if (type === STRATEGIC_MERGE_PATCH) {
    return { ...strategicPatch(document, objectPatch(parseBody(body, badRequest), badRequest), definition), strict: strict() };
  }
  if (type === JSON_PATCH) {
    const patch = parseBody(body, decodeError);
    return jsonPatched(
      applyJsonPatch(document, patch),
      [...strict(), ...unknownFields(patch)].map((finding) => `json patch ${finding}`),
    );
  }
  return jsonPatched(applyMergePatch(document, objectPatch(parseBody(body, decodeError), decodeError)), strict());
}

function jsonPatched(object: Json, strict: string[]): Patched {
  if (!isObject(object)) throw unprocessable();
  return { object, shown: () => JSON.stringify(object), strict };
}

/** A strategic merge patch never becomes text on the way to the typed object, which is why its misfits are told in other words. */
function strategicPatch(document: JsonObject, patch: JsonObject, definition: Definition): Omit<Patched, 'strict'> {
  const object = mergeStrategically(document, patch, { kind: 'inline', definition });
  const shown = (): string => goFormat(patch);
  const misfit = conversionProblem(object, definition);
  if (misfit !== undefined) throw misfitError(shown(), misfit);
  return { object, shown };
}

function objectPatch(patch: Json, refuse: (message: string) => ApiError): JsonObject {
  // Go reads null into a map that is empty.
  if (patch === null) return {};
  if (!isObject(patch)) throw refuse(`json: cannot unmarshal ${goJsonKind(patch)} into Go value of type map[string]interface {}`);
  return patch;
}
