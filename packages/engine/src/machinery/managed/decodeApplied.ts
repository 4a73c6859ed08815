import { BODY_BYTES_MAX } from '../../core/limits.ts';
import type { KubeObject } from '../../core/object.ts';
import { DecodeError, type FieldValidation } from '../decode/index.ts';
import { yamlToJson } from '../decode/yaml.ts';
import { ApiError, badRequest } from '../status.ts';

export interface AppliedBody {
  /** As it was sent: what is left out, empty or zero says something here. */
  applied: KubeObject;
  warnings: string[];
}

/** The configuration of a server-side apply. Models applyPatcher in k8s.io/apiserver/pkg/endpoints/handlers/patch.go. */
export function decodeApplied(body: Uint8Array, fieldValidation: FieldValidation): AppliedBody {
  if (body.length > BODY_BYTES_MAX) throw new ApiError(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${BODY_BYTES_MAX}`);
  const { value, duplicates } = parse(new TextDecoder().decode(body));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest(
      `error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${goKind(value)} into Go value of type map[string]interface {}`,
    );
  }
  const text = duplicates === undefined ? undefined : `error converting YAML to JSON: ${duplicates}`;
  if (text !== undefined && fieldValidation === 'Strict') throw badRequest(`error strict decoding YAML: ${text}`);
  const { metadata } = value as Partial<KubeObject>;
  const fits = typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata);
  const applied = (fits ? value : { ...value, metadata: metadata ?? {} }) as KubeObject;
  if (typeof applied.metadata !== 'object' || Array.isArray(applied.metadata)) throw badRequest('error decoding YAML: metadata is not an object');
  return { applied, warnings: text !== undefined && fieldValidation === 'Warn' ? [text] : [] };
}

function parse(text: string): { value: unknown; duplicates: string | undefined } {
  try {
    const { json, duplicates } = yamlToJson(text);
    // Go reads null into a map that is empty.
    return { value: JSON.parse(json) ?? {}, duplicates };
  } catch (error) {
    throw error instanceof DecodeError ? badRequest(`error decoding YAML: error converting YAML to JSON: ${error.message}`) : error;
  }
}

const goKind = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value);
