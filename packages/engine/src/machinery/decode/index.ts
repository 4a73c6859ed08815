import { BODY_BYTES_MAX } from '../../core/limits.ts';
import type { KubeObject } from '../../core/object.ts';
import { openEnvelope, readObject } from '../protobuf/index.ts';
import { ApiError, badRequest, unsupportedMediaType } from '../status.ts';
import { cannotBeHandled, type Expectation, kindMismatch, withDefaults } from './accept.ts';
import { DecodeError } from './decodeError.ts';
import { interpret, type TypeMeta } from './interpret.ts';
import { readTyped } from './reader.ts';
import { yamlToJson } from './yaml.ts';

export type { Expectation } from './accept.ts';
export { DecodeError } from './decodeError.ts';

export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

export interface DecodedObject {
  object: KubeObject;
  /** What `Warn` found, as texts of Warning headers. */
  warnings: string[];
}

export const JSON_TYPE = 'application/json';
export const YAML_TYPE = 'application/yaml';
export const PROTOBUF_TYPE = 'application/vnd.kubernetes.protobuf';

/** Turns a request's body into a canonical object, or throws the answer that a real server gives. */
export function decodeBody(
  body: Uint8Array,
  contentType: string | undefined,
  expected: Expectation,
  fieldValidation: FieldValidation,
): DecodedObject {
  if (body.length > BODY_BYTES_MAX) {
    throw new ApiError(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${BODY_BYTES_MAX}`);
  }
  const format = formatOf(body, contentType);
  try {
    if (format === PROTOBUF_TYPE) return decodeProtobuf(body, expected);
    const source = textOf(body);
    if (format === JSON_TYPE) return decodeText(source, body, expected, fieldValidation, []);
    const yaml = yamlToJson(source);
    return decodeText(yaml.json, body, expected, fieldValidation, yaml.duplicates === undefined ? [] : [yaml.duplicates]);
  } catch (problem) {
    if (!(problem instanceof DecodeError)) throw problem;
    throw badRequest(`the object provided is unrecognized (must be of type ${expected.kind}): ${problem.message} (${summary(body)})`);
  }
}

/** The same for a value that is in memory, such as an object that a patch has changed. */
export function decodeValue(value: unknown, expected: Expectation, fieldValidation: FieldValidation): DecodedObject {
  const text = JSON.stringify(value);
  return decodeText(text, new Uint8Array(), expected, fieldValidation, []);
}

function decodeText(text: string, body: Uint8Array, expected: Expectation, fieldValidation: FieldValidation, found: string[]): DecodedObject {
  const meta = withDefaults(interpret(text, body), expected);
  const mismatch = kindMismatch(meta, expected);
  if (mismatch !== undefined) throw mismatch;
  const decoded = named(meta, expected, () => readTyped(text, expected.definition));
  const strict = [...found, ...decoded.strict];
  if (fieldValidation === 'Strict' && strict.length > 0) throw cannotBeHandled(meta, expected, `strict decoding error: ${strict.join(', ')}`);
  return { object: arrange(decoded.value as Record<string, unknown>, expected), warnings: fieldValidation === 'Warn' ? strict : [] };
}

/** From here on the kind is known, and errors name it. */
function named<T>(meta: TypeMeta, expected: Expectation, read: () => T): T {
  try {
    return read();
  } catch (problem) {
    throw problem instanceof DecodeError ? cannotBeHandled(meta, expected, problem.message) : problem;
  }
}

function decodeProtobuf(body: Uint8Array, expected: Expectation): DecodedObject {
  const envelope = openEnvelope(body);
  const meta = withDefaults(envelope, expected);
  const mismatch = kindMismatch(meta, expected);
  if (mismatch !== undefined) throw mismatch;
  const value = named(meta, expected, () => readObject(envelope.raw, expected.definition));
  return { object: arrange(value, expected), warnings: [] };
}

/** Puts kind and apiVersion first, which is how lists find the text between, and then the parts that people look for first. */
export function arrange(value: Record<string, unknown>, { definition, apiVersion, kind }: Expectation): KubeObject {
  const out: Record<string, unknown> = { kind, apiVersion };
  if (definition.fields.has('metadata')) out.metadata = value.metadata ?? {};
  const spec = definition.fields.get('spec');
  // In Go a spec is always there, be it empty.
  if (spec?.type.kind === 'ref') out.spec = value.spec ?? {};
  else if (value.spec !== undefined) out.spec = value.spec;
  for (const name of Object.keys(value)) if (!LEADING.has(name)) out[name] = value[name];
  return out as KubeObject;
}

const LEADING = new Set(['kind', 'apiVersion', 'metadata', 'spec']);

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const textOf = (body: Uint8Array): string => decoder.decode(body);

function formatOf(body: Uint8Array, contentType: string | undefined): string {
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === '') return looksLikeJson(body) ? JSON_TYPE : isProtobuf(body) ? PROTOBUF_TYPE : YAML_TYPE;
  if (type === JSON_TYPE || type === YAML_TYPE || type === PROTOBUF_TYPE) return type;
  throw unsupportedMediaType([JSON_TYPE, YAML_TYPE, PROTOBUF_TYPE]);
}

/** Whether the first thing that is not white space opens an object; an empty body is JSON too. */
function looksLikeJson(body: Uint8Array): boolean {
  const first = body.find((byte) => byte !== 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d);
  return first === undefined || first === 0x7b;
}

const isProtobuf = (body: Uint8Array): boolean => body[0] === 0x6b && body[1] === 0x38 && body[2] === 0x73 && body[3] === 0;

const SUMMARY_BYTES = 30;

/** Models summarizeData of apiserver's endpoints/handlers/rest.go. */
function summary(body: Uint8Array): string {
  if (body.length === 0) return '<empty>';
  const head = body.subarray(0, SUMMARY_BYTES);
  const text = body[0] === 0x7b ? textOf(head) : [...head].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return body.length > SUMMARY_BYTES ? `${text} ...` : text;
}
