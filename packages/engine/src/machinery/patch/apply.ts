import type { Definition } from '@vivakube/schema';
import type { KubeObject } from '../../core/object.ts';
import { invalid, invalidObject } from '../field.ts';
import { type ApiError, badRequest, unsupportedMediaType } from '../status.ts';
import { decodeError, goJsonKind, parseBody } from './body.ts';
import { goFormat } from './goFormat.ts';
import { applyJsonPatch } from './json.ts';
import { applyMergePatch } from './merge.ts';
import { isObject, type Json, type JsonObject } from './plain.ts';
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

export interface Patched {
  object: JsonObject;
  /** How a refusal of the patched object shows the patch. */
  shown: () => string;
}

/** The media type of a patch without its parameters; 415 unless it is served. */
export function patchTypeOf(contentType: string | undefined, custom = false): string {
  const type = (contentType ?? '').split(';')[0] as string;
  const accepted = custom ? CUSTOM : BUILT_IN;
  if (!accepted.includes(type)) throw unsupportedMediaType([...accepted]);
  return type;
}

/** Carries out a patch other than server-side apply. The current object is not changed; the result is not decoded or validated yet. */
export function applyPatch(request: PatchRequest): Patched {
  const { body, current, definition, custom } = request;
  const type = patchTypeOf(request.contentType, custom);
  const document = current as unknown as JsonObject;
  if (type === STRATEGIC_MERGE_PATCH) {
    const patch = objectPatch(parseBody(body), badRequest);
    return { object: mergeStrategically(document, patch, { kind: 'inline', definition }), shown: () => goFormat(patch) };
  }
  const result = type === JSON_PATCH ? applyJsonPatch(document, parseBody(body)) : applyMergePatch(document, objectPatch(parseBody(body), decodeError));
  if (!isObject(result)) throw new Error(`a patch of type ${type} made something else of an object`);
  return { object: result, shown: () => JSON.stringify(result) };
}

function objectPatch(patch: Json, refuse: (message: string) => ApiError): JsonObject {
  if (!isObject(patch)) throw refuse(`json: cannot unmarshal ${goJsonKind(patch)} into Go value of type map[string]interface {}`);
  return patch;
}

/** 422 for a patched object that does not decode; `detail` is the decoder's text. */
export const invalidPatch = (patched: Patched, detail: string): ApiError => invalidObject('', '', '', [invalid('patch', patched.shown(), detail)]);
