import { goSyntaxError } from '../../../machinery/decode/syntax.ts';
import { type FieldError, invalid, required, tooLong } from '../../../machinery/field.ts';
import { validateImmutable } from '../../shared/equal.ts';
import { eachInvalid, ownValue, type Part, sortedKeys } from '../../shared/fields.ts';
import { isConfigMapKey } from '../../shared/formats.ts';
import { base64Bytes, fromBase64 } from '../base64.ts';
import { PAYLOAD_BYTES_MAX, validateFrozen } from '../configmaps/validate.ts';

type Data = Record<string, string> | undefined;

/** Models ValidateSecret. */
export function validate(secret: Part): FieldError[] {
  const data = secret.data as Data;
  const errors: FieldError[] = [];
  let totalBytes = 0;
  for (const key of sortedKeys(data)) {
    errors.push(...eachInvalid(`data[${key}]`, key, isConfigMapKey(key)));
    totalBytes += base64Bytes(data?.[key] ?? '');
  }
  if (totalBytes > PAYLOAD_BYTES_MAX) errors.push(tooLong('data', PAYLOAD_BYTES_MAX));
  const rule = TYPE_RULES.get(secret.type);
  return rule ? [...errors, ...rule(data, secret)] : errors;
}

type TypeRule = (data: Data, secret: Part) => FieldError[];

const has = (data: Data, key: string): boolean => data !== undefined && Object.hasOwn(data, key);
const keysRequired =
  (...keys: string[]): TypeRule =>
  (data) =>
    keys.filter((key) => !has(data, key)).map((key) => required(`data[${key}]`));

const ACCOUNT = 'kubernetes.io/service-account.name';

/** What a type promises about its keys; other types promise nothing. */
const TYPE_RULES = new Map<string, TypeRule>([
  [
    'kubernetes.io/service-account-token',
    (_, secret) => (ownValue<string>(secret.metadata?.annotations, ACCOUNT) ? [] : [required(`metadata.annotations[${ACCOUNT}]`)]),
  ],
  ['kubernetes.io/dockercfg', (data) => validateJson(data, '.dockercfg')],
  ['kubernetes.io/dockerconfigjson', (data) => validateJson(data, '.dockerconfigjson')],
  [
    'kubernetes.io/basic-auth',
    // Either is enough.
    (data) => (has(data, 'username') || has(data, 'password') ? [] : keysRequired('username', 'password')(data, undefined)),
  ],
  ['kubernetes.io/ssh-auth', (data) => (ownValue(data, 'ssh-privatekey') ? [] : [required('data[ssh-privatekey]')])],
  ['kubernetes.io/tls', keysRequired('tls.crt', 'tls.key')],
]);

const GO_KINDS: Record<string, string> = {
  string: 'string',
  number: 'number',
  boolean: 'bool',
};

function validateJson(data: Data, key: string): FieldError[] {
  const value = ownValue(data, key);
  if (value === undefined) return [required(`data[${key}]`)];
  const problem = jsonMapProblem(fromBase64(value));
  return problem === undefined ? [] : [invalid(`data[${key}]`, '<secret contents redacted>', problem)];
}

/** What Go says when it reads the bytes into a map. */
function jsonMapProblem(bytes: Uint8Array): string | undefined {
  const syntax = goSyntaxError(bytes);
  if (syntax !== undefined) return syntax;
  const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
  if (value === null || (typeof value === 'object' && !Array.isArray(value))) return undefined;
  const found = Array.isArray(value) ? 'array' : (GO_KINDS[typeof value] as string);
  return `json: cannot unmarshal ${found} into Go value of type map[string]interface {}`;
}

/** Models ValidateSecretUpdate. */
export const validateUpdate = (secret: Part, old: Part): FieldError[] => [
  ...validateImmutable(secret.type, old.type, 'type'),
  ...(old.immutable ? validateFrozen(secret, old, ['data']) : []),
  ...validate(secret),
];
