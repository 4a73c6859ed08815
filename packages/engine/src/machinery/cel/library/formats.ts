import { compileRegex } from '../../regex/index.ts';
import type { Library } from '../overload.ts';
import { CelError } from '../problem.ts';
import { NONE, Opaque, Optional, type Value } from '../values.ts';
import { parseTimestamp } from './time-text.ts';

const TYPE = 'kubernetes.NamedFormat';
type Check = (text: string) => string[];

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const LABEL_RULE =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const SUBDOMAIN_RULE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const LABEL_1035_RULE =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
const QUALIFIED_RULE =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const VALUE_RULE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

function check(pattern: string, max: number, rule: string): Check {
  const compiled = compileRegex(`^(${pattern})$`);
  return (text) => [
    ...(text.length > max ? [`must be no more than ${max} ${max === 63 ? 'characters' : 'bytes'}`] : []),
    ...(compiled.test(text) ? [] : [rule]),
  ];
}

/** A name that stands before what is generated may end in a dash. */
const prefix =
  (of: Check): Check =>
  (text) =>
    of(text.replace(/-$/, 'a'));
const unless =
  (holds: (text: string) => boolean, message: string): Check =>
  (text) =>
    holds(text) ? [] : [message];

const label = check(LABEL, 63, LABEL_RULE);
const subdomain = check(`${LABEL}(\\.${LABEL})*`, 253, SUBDOMAIN_RULE);
const label1035 = check('[a-z]([-a-z0-9]*[a-z0-9])?', 63, LABEL_1035_RULE);
const namePart = check('([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]', 63, QUALIFIED_RULE);

/** Models k8s.io/apiserver/pkg/cel/library/format.go. */
const FORMATS = new Map<string, Check>([
  ['dns1123Label', label],
  ['dns1123Subdomain', subdomain],
  ['dns1035Label', label1035],
  ['dns1123LabelPrefix', prefix(label)],
  ['dns1123SubdomainPrefix', prefix(subdomain)],
  ['dns1035LabelPrefix', prefix(label1035)],
  ['qualifiedName', (text) => namePart(text.slice(text.indexOf('/') + 1))],
  ['labelValue', check('(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?', 63, VALUE_RULE)],
  ['uri', unless((text) => /^([A-Za-z][A-Za-z0-9+.-]*:\S+|\/\S*)$/.test(text), 'invalid URI for request')],
  ['uuid', unless((text) => /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(text), 'does not match the UUID format')],
  ['byte', unless((text) => /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text), 'invalid base64')],
  ['date', unless((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && parseTimestamp(text) !== undefined, 'invalid date')],
  ['datetime', unless((text) => parseTimestamp(text) !== undefined && text.includes('T'), 'invalid datetime')],
]);

const named = (name: string): Opaque => new Opaque(TYPE, name, FORMATS.get(name) as Check);

function validate(format: Opaque, text: string): Value {
  const problems = (format.data as Check)(text);
  return problems.length === 0 ? NONE : new Optional(problems);
}

export const FORMATTING: Library = {
  [`format.named(string): optional<${TYPE}>`]: ([name]: readonly [string]) => (FORMATS.has(name) ? new Optional(named(name)) : NONE),
  ...Object.fromEntries([...FORMATS.keys()].map((name) => [`format.${name}(): ${TYPE}`, () => named(name)])),
  [`${TYPE}.validate(string): optional<list<string>>`]: ([format, text]: readonly [Opaque, string], host) => {
    host.spend(text.length / 10);
    if (!(format instanceof Opaque)) throw new CelError('no such overload');
    return validate(format, text);
  },
};
