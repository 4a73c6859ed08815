import { beforeEach, describe, expect, it } from 'vitest';
import { type World, world } from '../../../testing/world.ts';

const GROUP = '/apis/admissionregistration.k8s.io/v1';
const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';

interface Options {
  spec?: object;
  binding?: object;
  rules?: object;
}

let w: World;
beforeEach(() => {
  w = world({ workers: 0 });
});

function install(validations: object[], { spec = {}, binding = {}, rules = {} }: Options = {}): void {
  const rule = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['configmaps'], ...rules };
  const policy = { metadata: { name: 'p' }, spec: { matchConstraints: { resourceRules: [rule] }, validations, ...spec } };
  expect(w.request('POST', `${GROUP}/validatingadmissionpolicies`, policy).body.message).toBeUndefined();
  const bound = { metadata: { name: 'b' }, spec: { policyName: 'p', validationActions: ['Deny'], ...binding } };
  expect(w.request('POST', `${GROUP}/validatingadmissionpolicybindings`, bound).body.message).toBeUndefined();
}

const create = (data: object, metadata: object = {}) => w.request('POST', CONFIG_MAPS, { metadata: { name: 'c', ...metadata }, data });
const denied = (message: string) => `configmaps "c" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: ${message}`;

describe('policies', () => {
  it.each([
    [{ expression: "'a' in object.data" }, "failed expression: 'a' in object.data"],
    [{ expression: 'object.data.size() > 1', message: ' too little ' }, 'too little'],
    [
      { expression: 'object.data.b == "2"', messageExpression: '"b is " + object.data.b + " for " + request.userInfo.username' },
      'b is 1 for kubernetes-admin',
    ],
    [{ expression: 'object.data.nope == ""' }, 'expression \'object.data.nope == ""\' resulted in error: no such key: nope'],
    [{ expression: 'authorizer.requestResource.check("delete").allowed() && request.operation != "CREATE"', message: 'no' }, 'no'],
    [{ expression: 'namespaceObject.metadata.name == "other" || oldObject != null', message: 'elsewhere' }, 'elsewhere'],
  ])('deny by %j', (validation, message) => {
    install([validation]);
    const { code, body } = create({ b: '1' });
    expect([code, body.reason, body.message]).toEqual([422, 'Invalid', denied(message)]);
    expect(body.details.causes).toEqual([{ message: `ValidatingAdmissionPolicy 'p' with binding 'b' denied request: ${message}` }]);
  });

  it('answer with the reason they give', () => {
    install([{ expression: 'false', reason: 'Forbidden', message: 'no' }]);
    expect(create({}).code).toBe(403);
  });

  it('use variables, lazily', () => {
    install([{ expression: 'variables.keys.all(k, k.startsWith("x"))' }, { expression: 'true || variables.broken' }], {
      spec: {
        variables: [
          { name: 'keys', expression: 'object.data.map(k, k)' },
          { name: 'broken', expression: 'object.nope' },
        ],
      },
    });
    expect(create({ x: '1' }).code).toBe(201);
    expect(create({ y: '1' }, { name: 'd' }).body.message).toContain('failed expression: variables.keys.all(k, k.startsWith("x"))');
  });

  it('compare with what was there before', () => {
    install([{ expression: 'oldObject == null || object.data.a == oldObject.data.a', message: 'a stays' }]);
    expect(create({ a: '1' }).code).toBe(201);
    const merge = { contentType: 'application/merge-patch+json' };
    expect(w.request('PATCH', `${CONFIG_MAPS}/c`, { data: { b: '1' } }, merge).code).toBe(200);
    expect(w.request('PATCH', `${CONFIG_MAPS}/c`, { data: { a: '2' } }, merge).body.message).toBe(denied('a stays'));
  });

  it('guard deletion', () => {
    install([{ expression: 'oldObject.data.keep != "yes"', message: 'kept' }], { rules: { operations: ['DELETE'] } });
    create({ keep: 'yes' });
    expect(w.request('DELETE', `${CONFIG_MAPS}/c`).body.message).toBe(denied('kept'));
  });

  it.each<[string, Options]>([
    ['a condition', { spec: { matchConditions: [{ name: 'not-c', expression: 'request.name != "c"' }] } }],
    ['another operation', { rules: { operations: ['UPDATE'] } }],
    ['another resource', { rules: { resources: ['secrets', 'configmaps/status'] } }],
    ['another name', { rules: { resourceNames: ['d'] } }],
    ['a cluster-wide rule', { rules: { scope: 'Cluster' } }],
    ['the namespace', { binding: { matchResources: { namespaceSelector: { matchLabels: { env: 'prod' } } } } }],
    ['the labels', { binding: { matchResources: { objectSelector: { matchLabels: { env: 'prod' } } } } }],
    [
      'an exclusion',
      {
        spec: {
          matchConstraints: {
            resourceRules: [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*'] }],
            excludeResourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['*'], resources: ['configmaps'] }],
          },
        },
      },
    ],
    ['another policy', { binding: { policyName: 'q' } }],
  ])('pass over a request because of %s', (_, options) => {
    install([{ expression: 'false' }], options);
    expect(create({}).code).toBe(201);
  });

  it('warn instead of denying', () => {
    install([{ expression: 'false', message: 'hm' }], { binding: { validationActions: ['Warn', 'Audit'] } });
    const { code, headers } = create({});
    expect(code).toBe(201);
    expect(headers).toContainEqual(['warning', `299 - "Validation failed for ValidatingAdmissionPolicy 'p' with binding 'b': hm"`]);
  });

  it('let failures pass where they should', () => {
    install([{ expression: 'object.data.nope == ""' }], { spec: { failurePolicy: 'Ignore' } });
    expect(create({}).code).toBe(201);
  });

  describe('with parameters', () => {
    const paramKind = { apiVersion: 'v1', kind: 'ConfigMap' };
    const paramRef = { name: 'limits', namespace: 'kube-system', parameterNotFoundAction: 'Deny' };
    const validation = { expression: 'object.data.size() <= int(params.data.max)', messageExpression: '"at most " + params.data.max' };

    it('read them', () => {
      w.request('POST', '/api/v1/namespaces/kube-system/configmaps', { metadata: { name: 'limits' }, data: { max: '1' } });
      install([validation], { spec: { paramKind }, binding: { paramRef } });
      expect(create({ a: '1' }).code).toBe(201);
      expect(create({ a: '1', b: '2' }, { name: 'd' }).body.message).toContain('denied request: at most 1');
    });

    it('may be custom resources, and so may what is guarded', () => {
      const openAPIV3Schema = { type: 'object', properties: { max: { type: 'integer' } } };
      const versions = [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema } }];
      const spec = { group: 'example.com', scope: 'Cluster', names: { plural: 'limits', kind: 'Limit' }, versions };
      w.request('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', { metadata: { name: 'limits.example.com' }, spec });
      const limit = (name: string, max: number) => w.request('POST', '/apis/example.com/v1/limits', { kind: 'Limit', metadata: { name }, max });
      limit('one', 1);
      install([{ expression: 'object.max <= params.max' }], {
        spec: { paramKind: { apiVersion: 'example.com/v1', kind: 'Limit' } },
        binding: { paramRef: { selector: {}, parameterNotFoundAction: 'Deny' } },
        rules: { apiGroups: ['example.com'], resources: ['limits'] },
      });
      expect(limit('less', 0).code).toBe(201);
      expect(limit('more', 2).body.message).toBe(
        `limits.example.com "more" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: failed expression: object.max <= params.max`,
      );
    });

    it('miss them', () => {
      install([validation], { spec: { paramKind }, binding: { paramRef } });
      expect(create({}).body.message).toBe(
        denied('failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction'),
      );
    });

    it('know no such kind', () => {
      install([validation], { spec: { paramKind: { apiVersion: 'rules.example.com/v1', kind: 'Limit' } }, binding: { paramRef } });
      expect(create({}).body.message).toBe(
        `configmaps "c" is forbidden: ValidatingAdmissionPolicy 'p' denied request: failed to configure policy: failed to find resource referenced by paramKind: 'rules.example.com/v1, Kind=Limit'`,
      );
    });
  });

  it('are checked themselves', () => {
    const resourceRules = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }];
    const post = (spec: object) =>
      w.request('POST', `${GROUP}/validatingadmissionpolicies`, { metadata: { name: 'p' }, spec: { matchConstraints: { resourceRules }, ...spec } })
        .body.message;
    const head = 'ValidatingAdmissionPolicy.admissionregistration.k8s.io "p" is invalid: ';
    expect(post({ validations: [{ expression: 'object.x > params.y' }] })).toBe(
      `${head}spec.validations[0].expression: Invalid value: "object.x > params.y": compilation failed: ERROR: <input>:1:12: undeclared reference to 'params' (in container '')\n | object.x > params.y\n | ...........^`,
    );
    expect(post({ validations: [{ expression: '1' }] })).toBe(
      `${head}spec.validations[0].expression: Invalid value: "1": must evaluate to bool but got int`,
    );
    expect(post({ validations: [{ expression: 'true', messageExpression: 'true' }] })).toBe(
      `${head}spec.validations[0].messageExpression: Invalid value: "true": must evaluate to string but got bool`,
    );
  });
});

it.each([
  ['pods', 'CREATE', 'replicaset-controller'],
  ['replicasets', 'CREATE', 'deployment-controller'],
])('policies see who writes %s, be it a part of the control plane', (resource, operation, account) => {
  const who = 'request.userInfo.username + " " + request.userInfo.groups.join("+")';
  install([{ expression: 'false', messageExpression: who }], { rules: { apiGroups: ['*'], operations: [operation], resources: [resource] } });
  const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } };
  const spec = { replicas: 1, selector: { matchLabels: { a: 'b' } }, template };
  w.request('POST', '/apis/apps/v1/namespaces/default/deployments', { metadata: { name: 'd' }, spec });
  const told = w.objects('core/events', 'default').find(({ message }) => message.includes('denied request'));
  expect(told?.message.split('denied request: ')[1]).toBe(
    `system:serviceaccount:kube-system:${account} system:serviceaccounts+system:serviceaccounts:kube-system+system:authenticated`,
  );
});

it('policies judge what is sent to a subresource', () => {
  w = world({ workers: 1 });
  const who = 'request.kind.kind + " of " + request.name + " by " + request.resource.resource + "/" + request.subResource';
  install([{ expression: 'request.kind.group != "policy"', messageExpression: who }], { rules: { operations: ['CREATE'], resources: ['pods/*'] } });
  w.request('POST', '/api/v1/namespaces/default/pods', { metadata: { name: 'p' }, spec: { containers: [{ name: 'c', image: 'nginx' }] } });
  const evict = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'p' } };
  const { code, body } = w.request('POST', '/api/v1/namespaces/default/pods/p/eviction', evict);
  expect([code, body.message]).toEqual([
    422,
    `pods "p" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: Eviction of p by pods/eviction`,
  ]);
  expect(w.object('core/pods/default/p')?.metadata.deletionTimestamp).toBeUndefined();
});
