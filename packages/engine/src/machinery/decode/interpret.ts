import { DecodeError } from './decodeError.ts';
import { goSyntaxError, TOO_DEEP } from './syntax.ts';

export interface TypeMeta {
  apiVersion: string;
  kind: string;
}

const PREFIX = "couldn't get version/kind; json parse error: ";
const STRUCT = 'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

/** Which kind a JSON text says it is, once its syntax is found sound. Models apimachinery's serializer/json/meta.go. */
export function interpret(text: string, body: Uint8Array): TypeMeta {
  const value = parse(text, body);
  if (value === null) return { apiVersion: '', kind: '' };
  if (typeof value !== 'object' || Array.isArray(value))
    throw new DecodeError(`${PREFIX}json: cannot unmarshal ${goKind(value)} into Go value of type ${STRUCT}`);
  const { apiVersion = '', kind = '' } = value as Partial<TypeMeta>;
  const found = { apiVersion: apiVersion ?? '', kind: kind ?? '' };
  for (const name of ['apiVersion', 'kind'] as const) {
    if (typeof found[name] === 'string') continue;
    throw new DecodeError(`${PREFIX}json: cannot unmarshal ${goKind(found[name])} into Go struct field .${name} of type string`);
  }
  if (found.apiVersion.split('/').length > 2) throw new DecodeError(`unexpected GroupVersion string: ${found.apiVersion}`);
  return found;
}

function parse(text: string, body: Uint8Array): unknown {
  try {
    return JSON.parse(text);
  } catch (problem) {
    if (problem instanceof SyntaxError) throw new DecodeError(PREFIX + (goSyntaxError(body) ?? problem.message));
    throw problem instanceof RangeError ? new DecodeError(PREFIX + TOO_DEEP) : problem;
  }
}

function goKind(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
