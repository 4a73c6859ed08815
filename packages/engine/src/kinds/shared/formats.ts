import { byteLength, checkText, inclusiveRangeError, maxLengthError, textRule } from './text.ts';

// Models k8s.io/apimachinery/pkg/util/validation: smaller formats that fields share.
export const isPortNumber = (port: number): string[] => (port >= 1 && port <= 65_535 ? [] : [inclusiveRangeError(1, 65_535)]);

const INT32_MAX = 2_147_483_647;
export const isUserId = (id: number): string[] => (id >= 0 && id <= INT32_MAX ? [] : [inclusiveRangeError(0, INT32_MAX)]);
export const isGroupId = isUserId;

/** An IANA service name, also the name of a port. */
export function isPortName(name: string): string[] {
  const messages: string[] = [];
  if (byteLength(name) > 15) messages.push(maxLengthError(15));
  if (!/^[-a-z0-9]+$/.test(name)) messages.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(name)) messages.push('must contain at least one letter (a-z)');
  if (name.includes('--')) messages.push('must not contain consecutive hyphens');
  if (name !== '' && (name.startsWith('-') || name.endsWith('-'))) messages.push('must not begin or end with a hyphen');
  return messages;
}

const headerRule = textRule("a valid HTTP header must consist of alphanumeric characters or '-'", '[-A-Za-z0-9]+', 'X-Header-Name');
export const isHttpHeaderName = (name: string): string[] => checkText(name, headerRule);

/** Since 1.34 a variable's name may be anything printable but `=`. */
export const isRelaxedEnvVarName = (name: string): string[] =>
  name !== '' && /^[\x20-\x3c\x3e-\x7e]*$/.test(name)
    ? []
    : ["a valid environment variable name must consist only of printable ASCII characters other than '='"];

const configKeyRule = textRule(
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
  '[-._a-zA-Z0-9]+',
  'key.name',
  'KEY_NAME',
  'key-name',
);

/** A key of a ConfigMap or Secret: it becomes a file name. */
export function isConfigMapKey(key: string): string[] {
  const messages = checkText(key, configKeyRule, 253);
  if (key === '.') messages.push("must not be '.'");
  else if (key === '..') messages.push("must not be '..'");
  else if (key.startsWith('..')) messages.push("must not start with '..'");
  return messages;
}

const cIdentifierRule = textRule(
  "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_'",
  '[A-Za-z_][A-Za-z0-9_]*',
  'my_name',
  'MY_NAME',
  'MyName',
);
export const isCIdentifier = (value: string): string[] => checkText(value, cIdentifierRule);

const percentRule = textRule("a valid percent string must be a numeric string followed by an ending '%'", '[0-9]+%', '1%', '93%');
export const isPercent = (value: string): string[] => checkText(value, percentRule);
