import { BOOL, type CelType, type Declarations, DYN, declare, INT, listOf, mapOf, parseType, STRING, TIMESTAMP } from '../cel/index.ts';
import { madeByMutations } from './mutation-types.ts';

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
/** What an expression may see of the namespace of a request. */
export const NAMESPACE = objectType('kubernetes.Namespace', {
  metadata: objectType('kubernetes.NamespaceMetadata', {
    name: STRING,
    generateName: STRING,
    namespace: STRING,
    labels: mapOf(STRING, STRING),
    annotations: mapOf(STRING, STRING),
    UID: STRING,
    creationTimestamp: TIMESTAMP,
    deletionGracePeriodSeconds: INT,
    deletionTimestamp: TIMESTAMP,
    generation: INT,
    resourceVersion: STRING,
    finalizers: listOf(STRING),
  }),
  spec: objectType('kubernetes.NamespaceSpec', { finalizers: listOf(STRING) }),
  status: objectType('kubernetes.NamespaceStatus', { phase: STRING }),
});
const AUTHORIZER = parseType('kubernetes.authorization.Authorizer');
const REQUEST_RESOURCE = parseType('kubernetes.authorization.ResourceCheck');

const ALWAYS: Readonly<Record<string, CelType>> = {
  object: DYN,
  oldObject: DYN,
  request: REQUEST,
  namespaceObject: NAMESPACE,
  authorizer: AUTHORIZER,
  'authorizer.requestResource': REQUEST_RESOURCE,
};

export interface PolicyScope {
  hasParams: boolean;
  /** Those that have been declared further up. */
  variables?: ReadonlyMap<string, CelType>;
  /** Whether expressions may make objects and patches. */
  mutates?: boolean;
}

/** What the expressions of a policy may mention. */
export const policyDeclarations = ({ hasParams, variables, mutates }: PolicyScope): Declarations => ({
  ...declare({
    ...ALWAYS,
    ...(hasParams ? { params: DYN } : {}),
    ...(variables ? { variables: { kind: 'object' as const, name: 'kubernetes.variables', fields: variables } } : {}),
  }),
  ...(mutates ? { made: madeByMutations } : {}),
});

/** The message of a refusal must not depend on who may do what. */
export const messageDeclarations = (options: PolicyScope): Declarations => {
  const all = policyDeclarations(options);
  return { get: (name) => (name.startsWith('authorizer') ? undefined : all.get(name)) };
};
