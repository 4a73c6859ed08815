import { describe, expect, test } from 'vitest';
import { isConfigMapKey, isPortName, isRelaxedEnvVarName } from './formats.ts';
import { isDns1035Label, isDns1123Label, isDns1123Subdomain, isLabelValue, isQualifiedName, nameIsDnsLabel, nameIsPathSegment } from './names.ts';

const LABEL =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const PART =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

describe('names', () => {
  test.each([
    [isDns1123Label, 'web-1', []],
    [isDns1123Label, 'Web', [LABEL]],
    [isDns1123Label, 'a.b', ['must not contain dots']],
    [isDns1123Label, 'x'.repeat(64), ['must be no more than 63 bytes']],
    [isDns1123Label, 'web\n', [LABEL]],
    [isDns1123Subdomain, 'a.b-c.d', []],
    [isDns1123Subdomain, 'a..b', [SUBDOMAIN]],
    [isDns1123Subdomain, '', [SUBDOMAIN]],
    [isDns1035Label, 'a1', []],
    [isQualifiedName, 'example.com/My.Name', []],
    [isQualifiedName, '', ['name part must be non-empty', PART]],
    [isQualifiedName, '/a', ['prefix part must be non-empty']],
    [isQualifiedName, 'Bad!/a', [`prefix part ${SUBDOMAIN}`]],
    [isQualifiedName, 'é'.repeat(32), ['name part must be no more than 63 bytes', PART]],
    [isLabelValue, '', []],
    [isLabelValue, 'A_b.c-1', []],
    [isPortName, 'http', []],
    [isPortName, '-1', ['must contain at least one letter (a-z)', 'must not begin or end with a hyphen']],
    [isPortName, 'a--b', ['must not contain consecutive hyphens']],
    [isConfigMapKey, '..data', ["must not start with '..'"]],
    [isConfigMapKey, '..', ["must not be '..'"]],
    [isRelaxedEnvVarName, 'a b:c', []],
    [isRelaxedEnvVarName, 'a=b', ["a valid environment variable name must consist only of printable ASCII characters other than '='"]],
  ] as [(value: string) => string[], string, string[]][])('%o(%j)', (rule, value, messages) => {
    expect(rule(value)).toEqual(messages);
  });

  test('a generated name may end in a dash before its suffix', () => {
    expect(nameIsDnsLabel('web-', true)).toEqual([]);
    expect(nameIsDnsLabel('web-', false)).toEqual([LABEL]);
  });

  test('a path segment may be anything that a URL can carry', () => {
    expect(nameIsPathSegment('system:node', false)).toEqual([]);
    expect(nameIsPathSegment('..', false)).toEqual(["may not be '..'"]);
    expect(nameIsPathSegment('a/b%c', false)).toEqual(["may not contain '/'", "may not contain '%'"]);
  });
});
