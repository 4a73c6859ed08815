import { describe, expect, test } from 'vitest';
import { world } from '../../../testing/world.ts';
import { toV2 } from './definitions.ts';

const REF = '#/components/schemas/io.k8s.api.core.v1.Pod';

test.each([
  [
    { description: 'd', allOf: [{ $ref: REF }], default: {} },
    { description: 'd', $ref: '#/definitions/io.k8s.api.core.v1.Pod' },
  ],
  [
    { type: 'array', items: { allOf: [{ $ref: REF }], default: {} } },
    { type: 'array', items: { $ref: '#/definitions/io.k8s.api.core.v1.Pod' } },
  ],
  [
    { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
    { type: 'string', format: 'int-or-string' },
  ],
  [
    { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }] },
    { 'x-kubernetes-int-or-string': true, type: 'string', format: 'int-or-string' },
  ],
  [{ oneOf: [{ type: 'string' }, { type: 'number' }] }, { type: 'string' }],
  [{ type: 'string', nullable: true, description: 'd' }, { description: 'd' }],
  [
    { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, properties: { a: { type: 'string' } } },
    { 'x-kubernetes-preserve-unknown-fields': true },
  ],
  [
    { type: 'object', oneOf: [{ required: ['a'] }], properties: { a: { type: 'string', not: { enum: ['x'] } } } },
    { type: 'object', properties: { a: { type: 'string' } } },
  ],
])('%j', (schema, expected) => expect(toV2(schema)).toEqual(expected));

describe('the definitions of a cluster', () => {
  const w = world({ workers: 0 });
  const spec = { type: 'object', properties: { size: { type: 'integer' } } };
  w.request('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
    metadata: { name: 'things.stable.example.com' },
    spec: {
      group: 'stable.example.com',
      scope: 'Cluster',
      names: { plural: 'things', kind: 'Thing' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', properties: { spec } } } }],
    },
  });
  const document = w.request('GET', '/openapi/v2').body;
  const { definitions } = document;

  test('hold built-in kinds and custom ones', () => {
    expect(definitions['io.k8s.api.apps.v1.Deployment']).toMatchObject({
      'x-kubernetes-group-version-kind': [{ group: 'apps', version: 'v1', kind: 'Deployment' }],
      properties: { spec: { $ref: '#/definitions/io.k8s.api.apps.v1.DeploymentSpec' } },
    });
    expect(definitions['com.example.stable.v1.Thing']).toMatchObject({
      properties: { spec },
      'x-kubernetes-group-version-kind': [{ kind: 'Thing' }],
    });
  });

  test('refer to nothing else', () => {
    const referred = [...JSON.stringify([definitions, document.paths]).matchAll(/"\$ref":"#\/([^/]*)\/([^"]*)"/g)];
    expect(referred.filter(([, root, name]) => !Object.hasOwn(document[root as string] ?? {}, name as string))).toEqual([]);
  });

  test('say where objects are and what may be sent there', () => {
    const { paths, parameters } = document;
    const { patch, get, put, parameters: shared } = paths['/apis/apps/v1/namespaces/{namespace}/deployments/{name}'];
    expect(patch).toMatchObject({
      operationId: 'patchAppsV1NamespacedDeployment',
      consumes: expect.arrayContaining(['application/strategic-merge-patch+json', 'application/apply-patch+yaml']),
      'x-kubernetes-group-version-kind': { group: 'apps', version: 'v1', kind: 'Deployment' },
    });
    expect(put.parameters[0]).toEqual({ name: 'body', in: 'body', required: true, schema: { $ref: '#/definitions/io.k8s.api.apps.v1.Deployment' } });
    expect(get.responses).toEqual({
      200: { description: 'OK', schema: { $ref: '#/definitions/io.k8s.api.apps.v1.Deployment' } },
      401: { description: 'Unauthorized' },
    });
    const named = (references: { $ref?: string }[]) =>
      references.flatMap(({ $ref }) => ($ref ? [parameters[$ref.replace('#/parameters/', '')]] : []));
    expect(named(patch.parameters).map(({ name }) => name)).toEqual(['dryRun', 'fieldManager', 'fieldValidation', 'force']);
    expect(named(shared).map((each) => [each.name, each.in, each.type, each.required])).toEqual([
      ['name', 'path', 'string', true],
      ['namespace', 'path', 'string', true],
      ['pretty', 'query', 'string', undefined],
    ]);
    expect(paths['/apis/stable.example.com/v1/things/{name}'].patch.consumes).not.toContain('application/strategic-merge-patch+json');
  });

  test('share few parameters', () => {
    const used = new Set([...JSON.stringify(document.paths).matchAll(/"#\/parameters\/([^"]*)"/g)].map(([, name]) => name));
    expect([...used].sort()).toEqual(Object.keys(document.parameters).sort());
    expect(used.size).toBeLessThan(30);
  });
});
