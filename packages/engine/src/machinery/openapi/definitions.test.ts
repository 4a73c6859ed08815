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
  const { definitions } = w.request('GET', '/openapi/v2').body;

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
    const referred = [...JSON.stringify(definitions).matchAll(/"\$ref":"#\/([^/]*)\/([^"]*)"/g)];
    expect(referred.filter(([, root, name]) => root !== 'definitions' || !Object.hasOwn(definitions, name as string))).toEqual([]);
  });
});
