import { type Actions, type KindName, nameOf, subresourcesOf, verbsOf } from '../discovery/resources.ts';
import { type KindDefinition, resourceOf } from '../kind.ts';
import type { Json } from './components.ts';

const query = (name: string, type: string, description: string): Json => ({ name, in: 'query', description, schema: { type, uniqueItems: true } });

const DRY_RUN = query('dryRun', 'string', 'When present, indicates that modifications should not be persisted. Valid values are: All.');
const FIELD_MANAGER = query('fieldManager', 'string', 'Name of the actor or entity that is making these changes.');
const FIELD_VALIDATION = query('fieldValidation', 'string', 'What to do about unknown or duplicate fields: Ignore, Warn or Strict.');
const FORCE = query('force', 'boolean', 'Take over fields that other managers own. Apply patches only.');
const PRETTY = query('pretty', 'string', 'If true, the output is printed for people.');
const WRITE = [DRY_RUN, FIELD_MANAGER, FIELD_VALIDATION];
const DELETE = [
  DRY_RUN,
  query('gracePeriodSeconds', 'integer', 'Seconds before the object should be deleted; zero deletes at once.'),
  query('propagationPolicy', 'string', 'What becomes of dependents: Orphan, Background or Foreground.'),
];
const LIST = [
  query('allowWatchBookmarks', 'boolean', 'Ask for events of type BOOKMARK.'),
  query('continue', 'string', 'Where a list that came in parts goes on.'),
  query('fieldSelector', 'string', 'Restrict the objects by their fields.'),
  query('labelSelector', 'string', 'Restrict the objects by their labels.'),
  query('limit', 'integer', 'The largest number of objects in one answer.'),
  query('resourceVersion', 'string', 'From which version on.'),
  query('resourceVersionMatch', 'string', 'How resourceVersion is meant: Exact or NotOlderThan.'),
  query('sendInitialEvents', 'boolean', 'Begin a watch with what there is.'),
  query('timeoutSeconds', 'integer', 'How long a watch may last.'),
  query('watch', 'boolean', 'Watch for changes instead of listing.'),
];

const PATCH_TYPES = ['application/apply-patch+yaml', 'application/json-patch+json', 'application/merge-patch+json'];
const STRATEGIC = 'application/strategic-merge-patch+json';

/** What an operation needs to know about the kind it serves. */
export interface Target {
  kind: KindDefinition;
  /** Reference to the object's schema, and to the schema of its list. */
  object: Json;
  list: Json;
}

const body = (schema: Json, types: string[]): Json => ({ content: Object.fromEntries(types.map((type) => [type, { schema }])), required: true });
const OBJECT_TYPES = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];
const responses = (schema: Json, ...codes: string[]): Json =>
  Object.fromEntries(
    codes.map((code) => [
      code,
      {
        description: code === '200' ? 'OK' : code === '201' ? 'Created' : 'Accepted',
        content: { 'application/json': { schema }, 'application/yaml': { schema } },
      },
    ]),
  );

/** An operation id such as `patchAppsV1NamespacedDeployment`. */
function operation(action: string, idVerb: string, served: KindName, kind: KindDefinition, suffix: string, rest: Json): Json {
  const group = kind.group === '' ? 'core' : (kind.group.split('.')[0] as string);
  const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
  const scope = kind.scope === 'Namespaced' ? 'Namespaced' : '';
  return {
    tags: [`${group}_${kind.version}`],
    operationId: `${idVerb}${capital(group)}${capital(kind.version)}${scope}${kind.kind}${suffix}`,
    ...rest,
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': nameOf(served),
  };
}

/** Every path of a kind, with its operations. Models what kube-apiserver's endpoints/installer.go registers. */
export function pathsOf(target: Target, actions: Actions): Json {
  const { kind } = target;
  const root = kind.group === '' ? `/api/${kind.version}` : `/apis/${kind.group}/${kind.version}`;
  const namespaced = kind.scope === 'Namespaced';
  const collection = `${root}${namespaced ? '/namespaces/{namespace}' : ''}/${kind.plural}`;
  const paths: Json = {};
  const verbs = verbsOf(kind);
  paths[collection] = withParameters(collectionOperations(target, verbs), namespaced, false);
  if (namespaced && verbs.includes('list')) {
    paths[`${root}/${kind.plural}`] = withParameters({ get: listOperation(target, 'list', 'ForAllNamespaces') }, false, false);
  }
  if (verbs.includes('get')) paths[`${collection}/{name}`] = withParameters(objectOperations(target, verbs), namespaced, true);
  for (const { name, kind: served, verbs: below } of subresourcesOf(kind, actions)) {
    paths[`${collection}/{name}/${name}`] = withParameters(subresourceOperations(target, name, served, below), namespaced, true);
  }
  return paths;
}

const path = (name: string, description: string): Json => ({
  name,
  in: 'path',
  description,
  required: true,
  schema: { type: 'string', uniqueItems: true },
});

function withParameters(operations: Json, namespaced: boolean, named: boolean): Json {
  const parameters = [
    ...(named ? [path('name', 'name of the object')] : []),
    ...(namespaced ? [path('namespace', 'object name and auth scope, such as for teams and projects')] : []),
    PRETTY,
  ];
  return { ...operations, parameters };
}

const listOperation = (target: Target, verb: string, suffix: string): Json =>
  operation('list', verb, target.kind, target.kind, suffix, {
    description: `list or watch objects of kind ${target.kind.kind}`,
    parameters: LIST,
    responses: responses(target.list, '200'),
  });

function collectionOperations(target: Target, verbs: string[]): Json {
  const { kind, object } = target;
  const out: Json = {};
  if (verbs.includes('list')) out.get = listOperation(target, 'list', '');
  if (verbs.includes('create')) {
    out.post = operation('post', 'create', kind, kind, '', {
      description: `create a ${kind.kind}`,
      parameters: WRITE,
      requestBody: body(object, OBJECT_TYPES),
      responses: responses(object, '200', '201', '202'),
    });
  }
  if (verbs.includes('deletecollection')) {
    out.delete = operation('deletecollection', 'deleteCollection', kind, kind, '', {
      description: `delete collection of ${kind.kind}`,
      parameters: [...DELETE, ...LIST.slice(1, 7)],
      responses: { 200: { description: 'OK' } },
    });
  }
  return out;
}

function objectOperations(target: Target, verbs: string[]): Json {
  const { kind, object } = target;
  const out: Json = {};
  if (verbs.includes('get'))
    out.get = operation('get', 'read', kind, kind, '', { description: `read the specified ${kind.kind}`, responses: responses(object, '200') });
  if (verbs.includes('update')) out.put = putOperation(kind, kind, '', object);
  if (verbs.includes('patch')) out.patch = patchOperation(kind, kind, '', object);
  if (verbs.includes('delete')) {
    out.delete = operation('delete', 'delete', kind, kind, '', {
      description: `delete a ${kind.kind}`,
      parameters: DELETE,
      responses: { 200: { description: 'OK' }, 202: { description: 'Accepted' } },
    });
  }
  return out;
}

const putOperation = (kind: KindDefinition, served: KindName, suffix: string, schema: Json): Json =>
  operation('put', 'replace', served, kind, suffix, {
    description: `replace the specified ${kind.kind}`,
    parameters: WRITE,
    requestBody: body(schema, OBJECT_TYPES),
    responses: responses(schema, '200', '201'),
  });

function patchOperation(kind: KindDefinition, served: KindName, suffix: string, schema: Json): Json {
  // A strategic merge patch needs merge keys, which custom resources have none of.
  const types = kind.definition ? PATCH_TYPES : [...PATCH_TYPES, STRATEGIC];
  const patch = { type: 'object' };
  return operation('patch', 'patch', served, kind, suffix, {
    description: `partially update the specified ${kind.kind}`,
    parameters: [...WRITE, FORCE],
    requestBody: body(patch, types),
    responses: responses(schema, '200', '201'),
  });
}

function subresourceOperations(target: Target, name: string, served: KindName, verbs: readonly string[]): Json {
  const { kind } = target;
  const suffix = name.charAt(0).toUpperCase() + name.slice(1);
  const schema = served.kind === kind.kind && served.group === kind.group ? target.object : { type: 'object' };
  const out: Json = {};
  const about = { description: `${name} of the specified ${kind.kind}`, responses: responses(schema, '200') };
  if (verbs.includes('get')) out.get = operation('get', 'read', served, kind, suffix, about);
  if (verbs.includes('create')) out.post = operation('post', 'create', served, kind, suffix, about);
  if (verbs.includes('update')) out.put = putOperation(kind, served, suffix, schema);
  if (verbs.includes('patch')) out.patch = patchOperation(kind, served, suffix, schema);
  if (verbs.includes('delete')) out.delete = operation('delete', 'delete', served, kind, suffix, about);
  return out;
}

/** Whatever else tells two kinds apart in a document. */
export const kindFingerprint = (kind: KindDefinition, actions: Actions): string =>
  JSON.stringify([
    resourceOf(kind),
    kind.version,
    kind.kind,
    kind.listKind,
    kind.scope,
    kind.schema,
    verbsOf(kind),
    subresourcesOf(kind, actions),
    kind.openApi,
    kind.definition && [...kind.definition.fields],
  ]);
