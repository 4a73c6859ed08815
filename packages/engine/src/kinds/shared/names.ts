import { byteLength, checkText, EMPTY_ERROR, maxLengthError, regexError, textRule } from './text.ts';

// Models k8s.io/apimachinery/pkg/util/validation: each answers with the messages that apply, in order.
const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const LABEL_UNDERSCORE = '[a-z0-9]([-_a-z0-9]*[a-z0-9])?';

const labelRule = textRule(
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
  LABEL,
  'my-name',
  '123-abc',
);
const subdomainRule = textRule(
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  SUBDOMAIN,
  'example.com',
);
const subdomainUnderscoreRule = textRule(
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character",
  `_?${LABEL_UNDERSCORE}(\\._?${LABEL_UNDERSCORE})*`,
  'example.com',
);
const label1035Rule = textRule(
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
  '[a-z]([-a-z0-9]*[a-z0-9])?',
  'my-name',
  'abc-123',
);
const wildcardRule = textRule(
  "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
  `\\*\\.${SUBDOMAIN}`,
  '*.example.com',
);

export const DNS1123_LABEL_MAX_BYTES = 63;
export const DNS1123_SUBDOMAIN_MAX_BYTES = 253;

/** A valid subdomain that is no label can only have dots too many, and is told so. */
export function isDns1123Label(value: string): string[] {
  const messages = checkText(value, labelRule, DNS1123_LABEL_MAX_BYTES);
  return messages.map((m) => (m === labelRule.message && subdomainRule.regex.test(value) ? 'must not contain dots' : m));
}

export const isDns1123Subdomain = (value: string): string[] => checkText(value, subdomainRule, DNS1123_SUBDOMAIN_MAX_BYTES);

/** What a DNS search path may be since 1.34: underscores are fine. */
export const isDns1123SubdomainWithUnderscore = (value: string): string[] => checkText(value, subdomainUnderscoreRule, DNS1123_SUBDOMAIN_MAX_BYTES);

export const isDns1035Label = (value: string): string[] => checkText(value, label1035Rule, 63);

export const isWildcardDns1123Subdomain = (value: string): string[] => checkText(value, wildcardRule, DNS1123_SUBDOMAIN_MAX_BYTES);

/** A generated name's prefix may end in `-`: what follows will mend it. */
const maskTrailingDash = (name: string): string => (name.length > 1 && name.endsWith('-') ? `${name.slice(0, -2)}a` : name);

/** Name rules of kinds: `prefix` is true for generateName. */
export type NameRule = (name: string, prefix: boolean) => string[];
export const nameIsDnsSubdomain: NameRule = (name, prefix) => isDns1123Subdomain(prefix ? maskTrailingDash(name) : name);
export const nameIsDnsLabel: NameRule = (name, prefix) => isDns1123Label(prefix ? maskTrailingDash(name) : name);

/** Models pkg/api/validation/path: a name that only has to be one segment of a URL. */
export const nameIsPathSegment: NameRule = (name, prefix) => (prefix ? pathSegmentCharacters(name) : isPathSegmentName(name));

export function isPathSegmentName(name: string): string[] {
  if (name === '.' || name === '..') return [`may not be '${name}'`];
  return pathSegmentCharacters(name);
}

const pathSegmentCharacters = (name: string): string[] => ['/', '%'].filter((c) => name.includes(c)).map((c) => `may not contain '${c}'`);

const QUALIFIED = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const QUALIFIED_MESSAGE = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const qualifiedRule = textRule(QUALIFIED_MESSAGE, QUALIFIED, 'MyName', 'my.name', '123-abc');

/** `name` or `prefix/name`: label keys, annotation keys, finalizers, resources. */
export function isQualifiedName(value: string): string[] {
  const parts = value.split('/');
  if (parts.length > 2) {
    return [
      `a qualified name ${regexError(QUALIFIED_MESSAGE, QUALIFIED, 'MyName', 'my.name', '123-abc')} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const messages: string[] = [];
  const name = parts[parts.length - 1] as string;
  if (parts.length === 2) {
    const prefix = parts[0] as string;
    if (prefix === '') messages.push(`prefix part ${EMPTY_ERROR}`);
    else messages.push(...isDns1123Subdomain(prefix).map((m) => `prefix part ${m}`));
  }
  if (name === '') messages.push(`name part ${EMPTY_ERROR}`);
  else if (byteLength(name) > 63) messages.push(`name part ${maxLengthError(63)}`);
  if (!qualifiedRule.regex.test(name)) messages.push(`name part ${qualifiedRule.message}`);
  return messages;
}

const labelValueRule = textRule(
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?',
  'MyValue',
  'my_value',
  '12345',
);

export const isLabelValue = (value: string): string[] => checkText(value, labelValueRule, 63);
