import { beforeEach, describe, expect, it } from 'vitest';
import { type World, world } from '../../../testing/world.ts';

const GROUP = '/apis/admissionregistration.k8s.io/v1';
let w: World;
beforeEach(() => {
  w = world({ workers: 0 });
});

interface Options {
  name?: string;
  spec?: object;
  binding?: object;
  rule?: object;
}

const apply = (expression: string) => ({ patchType: 'ApplyConfiguration', applyConfiguration: { expression } });
const patch = (expression: string) => ({ patchType: 'JSONPatch', jsonPatch: { expression } });

function install(mutations: object[], { name = 'p', spec = {}, binding = {}, rule = {} }: Options = {}): void {
  const resourceRules = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['pods', 'configmaps'], ...rule }];
  const policy = { metadata: { name }, spec: { matchConstraints: { resourceRules }, mutations, reinvocationPolicy: 'Never', ...spec } };
  expect(w.request('POST', `${GROUP}/mutatingadmissionpolicies`, policy).body.message).toBeUndefined();
  const bound = { metadata: { name: `${name}-bound` }, spec: { policyName: name, ...binding } };
  expect(w.request('POST', `${GROUP}/mutatingadmissionpolicybindings`, bound).body.message).toBeUndefined();
}

const createPod = (metadata: object = {}, spec: object = {}) =>
  w.request('POST', '/api/v1/namespaces/default/pods', {
    metadata: { name: 'c', ...metadata },
    spec: { containers: [{ name: 'a', image: 'nginx' }], ...spec },
  });
const createMap = (data: object, metadata: object = {}) =>
  w.request('POST', '/api/v1/namespaces/default/configmaps', { metadata: { name: 'c', ...metadata }, data });

describe('a configuration that is applied', () => {
  it.each<[string, (pod: any) => unknown, unknown]>([
    [
      'Object{metadata: Object.metadata{labels: {"team": "blue", "by": request.userInfo.username}}}',
      (pod) => pod.metadata.labels,
      { app: 'x', team: 'blue', by: 'kubernetes-admin' },
    ],
    [
      'Object{spec: Object.spec{initContainers: [Object.spec.initContainers{name: "mesh", image: "envoy:1", restartPolicy: "Always"}]}}',
      (pod) => pod.spec.initContainers.map((each: any) => [each.name, each.restartPolicy, each.imagePullPolicy]),
      [['mesh', 'Always', 'IfNotPresent']],
    ],
    [
      'Object{spec: Object.spec{containers: object.spec.containers.map(c, Object.spec.containers{name: c.name, imagePullPolicy: "Never"})}}',
      (pod) => pod.spec.containers.map((each: any) => [each.image, each.imagePullPolicy]),
      [['nginx', 'Never']],
    ],
    ['has(object.metadata.labels) ? Object{} : Object{metadata: Object.metadata{labels: {"none": ""}}}', (pod) => pod.metadata.labels, { app: 'x' }],
    [
      'Object{metadata: Object.metadata{?annotations: object.metadata.?labels.app.optMap(a, {"from": a})}}',
      (pod) => pod.metadata.annotations,
      { from: 'x' },
    ],
  ])('%s', (expression, look, expected) => {
    install([apply(expression)]);
    const { code, body } = createPod({ labels: { app: 'x' } });
    expect([code, look(body)]).toEqual([201, expected]);
  });

  it.each([
    [
      'Object{spec: Object.spec{tolerations: [Object.spec.tolerations{key: "a"}]}}',
      'error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: .spec.tolerations',
    ],
    [
      'Object{spec: Object.spec{nope: 1}}',
      'error applying patch: failed to convert patch object to typed object: .spec.nope: field not declared in schema',
    ],
    [
      'Object{spec: Object.wrong{hostname: "a"}}',
      'type mismatch: unexpected type name "Object.wrong", expected "Object.spec", which matches field name path from root Object type',
    ],
    ['object.nope ? Object{} : Object{}', "expression 'object.nope ? Object{} : Object{}' resulted in error: no such key: nope"],
  ])('%s is refused', (expression, problem) => {
    install([apply(expression)]);
    const { code, body } = createPod();
    const message = `policy 'p' with binding 'p-bound' denied request: ${problem}`;
    expect([code, body.reason, body.message, body.details]).toEqual([403, 'Invalid', message, { name: 'c', kind: 'pods', causes: [{ message }] }]);
  });

  it('that fails does no harm where the policy says so', () => {
    install([apply('Object{spec: Object.spec{nope: 1}}')], { spec: { failurePolicy: 'Ignore' } });
    expect(createPod().code).toBe(201);
  });
});

describe('a patch', () => {
  it.each<[string, object]>([
    ['[JSONPatch{op: "add", path: "/data/b", value: "2"}]', { a: '1', b: '2' }],
    ['[JSONPatch{op: "test", path: "/data/a", value: "2"}, JSONPatch{op: "remove", path: "/data/a"}]', { a: '1' }],
    ['[JSONPatch{op: "test", path: "/data/a", value: "1"}, JSONPatch{op: "replace", path: "/data", value: {"x": "y"}}]', { x: 'y' }],
    ['object.data.a == "1" ? [JSONPatch{op: "move", from: "/data/a", path: "/data/" + jsonpatch.escapeKey("c")}] : []', { c: '1' }],
    ['object.data.map(k, JSONPatch{op: "replace", path: "/data/" + k, value: string(size(k))})', { a: '1' }],
  ])('%s', (expression, data) => {
    install([patch(expression)]);
    expect(createMap({ a: '1' }).body.data).toEqual(data);
  });

  it.each([
    ['[JSONPatch{op: "remove", path: "/data/x"}]', 403, "error in remove for path: '/data/x': Unable to remove nonexistent key: x: missing value"],
    ['[JSONPatch{op: "add", path: "/nope/x", value: 1}]', 403, 'add operation does not apply: doc is missing path: "/nope/x": missing value'],
    ['[JSONPatch{op: "replace", path: "/data/x", value: "1"}]', 403, 'replace operation does not apply: doc is missing key: /data/x: missing value'],
    ['[JSONPatch{op: "add", path: "/nope", value: 1}]', 500, 'Internal error occurred: strict decoding error: unknown field "nope"'],
  ])('%s is refused', (expression, code, message) => {
    install([patch(expression)]);
    const answer = createMap({ a: '1' });
    expect(answer.code).toBe(code);
    expect(answer.body.message).toContain(message);
  });
});

describe('policies', () => {
  const label = (name: string, value = '""') => apply(`Object{metadata: Object.metadata{labels: {"${name}": ${value}}}}`);

  it('take their parameters, variables and conditions into account', () => {
    createMap({ team: 'green' }, { name: 'settings', namespace: 'default' });
    install([label('team', 'variables.team')], {
      spec: {
        paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
        variables: [{ name: 'team', expression: 'params.data.team' }],
        matchConditions: [{ name: 'named', expression: 'object.metadata.name != "skip"' }],
      },
      binding: { paramRef: { name: 'settings', namespace: 'default', parameterNotFoundAction: 'Deny' } },
    });
    expect(createMap({}).body.metadata.labels).toEqual({ team: 'green' });
    expect(createMap({}, { name: 'skip' }).body.metadata.labels).toBeUndefined();
  });

  it('that cannot be configured refuse', () => {
    install([label('a')], { spec: { paramKind: { apiVersion: 'example.com/v1', kind: 'Nope' } } });
    expect(createMap({}).body.message).toBe(
      `policy "p" denied request: failed to configure policy: failed to find resource referenced by paramKind: 'example.com/v1, Kind=Nope'`,
    );
  });

  it('see what others changed where they ask for it', () => {
    const counts = (name: string, reinvocationPolicy: string, mark: string) =>
      install([label(name, 'string(size(object.metadata.?labels.orValue({})))'), ...(mark === '' ? [] : [label(mark)])], {
        name,
        spec: { reinvocationPolicy },
      });
    counts('a', 'IfNeeded', '');
    counts('b', 'Never', 'm');
    expect(createMap({}).body.metadata.labels).toEqual({ a: '3', b: '1', m: '' });
  });

  it('change what is updated, and what they change belongs to nobody', () => {
    createMap({ a: '1' });
    install([label('team')], { rule: { operations: ['UPDATE'] } });
    const { body } = w.request(
      'PATCH',
      '/api/v1/namespaces/default/configmaps/c',
      { data: { a: '2' } },
      { contentType: 'application/merge-patch+json' },
    );
    expect(body.metadata.labels).toEqual({ team: '' });
    expect(JSON.stringify(body.metadata.managedFields)).not.toContain('f:team');
  });

  it('come before those that validate', () => {
    install([label('team')]);
    const resourceRules = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }];
    const validations = [{ expression: 'has(object.metadata.labels.team)' }];
    w.request('POST', `${GROUP}/validatingadmissionpolicies`, {
      metadata: { name: 'v' },
      spec: { matchConstraints: { resourceRules }, validations },
    });
    w.request('POST', `${GROUP}/validatingadmissionpolicybindings`, {
      metadata: { name: 'v' },
      spec: { policyName: 'v', validationActions: ['Deny'] },
    });
    expect(createMap({}).code).toBe(201);
  });
});
