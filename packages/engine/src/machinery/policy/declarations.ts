import { BOOL, type CelType, type Declarations, DYN, declare, listOf, mapOf, parseType, STRING } from '../cel/index.ts';

const objectType = (name: string, fields: Readonly<Record<string, CelType>>): CelType => ({
  kind: 'object',
  name,
  fields: new Map(Object.entries(fields)),
});
const names = (name: string, ...fields: string[]): CelType => objectType(name, Object.fromEntries(fields.map((field) => [field, STRING])));

const KIND = names('kubernetes.GroupVersionKind', 'group', 'version', 'kind');
const RESOURCE = names('kubernetes.GroupVersionResource', 'group', 'version', 'resource');
const USER = objectType('kubernetes.UserInfo', { username: STRING, uid: STRING, groups: listOf(STRING), extra: mapOf(STRING, listOf(STRING)) });

// Models BuildRequestType and BuildNamespaceType in k8s.io/apiserver/pkg/admission/plugin/cel/compile.go.
const REQUEST = objectType('kubernetes.AdmissionRequest', {
  kind: KIND,
  resource: RESOURCE,
  subResource: STRING,
  requestKind: KIND,
  requestResource: RESOURCE,
  requestSubResource: STRING,
  name: STRING,
  namespace: STRING,
  operation: STRING,
  userInfo: USER,
  dryRun: BOOL,
  options: DYN,
});
const AUTHORIZER = parseType('kubernetes.authorization.Authorizer');
const REQUEST_RESOURCE = parseType('kubernetes.authorization.ResourceCheck');

const ALWAYS: Readonly<Record<string, CelType>> = {
  object: DYN,
  oldObject: DYN,
  request: REQUEST,
  namespaceObject: DYN,
  authorizer: AUTHORIZER,
  'authorizer.requestResource': REQUEST_RESOURCE,
};

/** What the expressions of a policy may mention. `variables` are those that have been declared further up. */
export const policyDeclarations = (options: { hasParams: boolean; variables?: ReadonlyMap<string, CelType> }): Declarations =>
  declare({
    ...ALWAYS,
    ...(options.hasParams ? { params: DYN } : {}),
    ...(options.variables ? { variables: { kind: 'object' as const, name: 'kubernetes.variables', fields: options.variables } } : {}),
  });

/** The message of a refusal must not depend on who may do what. */
export const messageDeclarations = (options: { hasParams: boolean; variables?: ReadonlyMap<string, CelType> }): Declarations => {
  const all = policyDeclarations(options);
  return { get: (name) => (name.startsWith('authorizer') ? undefined : all.get(name)) };
};
