import type { Definition } from '@vivakube/schema';
import { describe, expect, test } from 'vitest';
import { defineKind, type KindDefinition } from '../kind.ts';
import { type ApiRequest, Query } from '../request.ts';
import { ApiError } from '../status.ts';
import { serveOpenApi } from './serve.ts';

const scale = { specReplicasPath: 'spec.replicas', statusReplicasPath: 'status.replicas', selectorPath: 'status.selector' };
const deployment: KindDefinition = defineKind({
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  plural: 'deployments',
  scope: 'Namespaced',
  schema: 'apps.v1.Deployment',
  subresources: { status: true, scale },
  columns: [],
});
const definition: Definition = {
  name: 'Widget',
  fields: new Map([['spec', { type: { kind: 'scalar', scalar: 'any' } }]]),
  required: [],
};
const widget: KindDefinition = defineKind({
  group: 'stable.example.com',
  version: 'v1',
  kind: 'Widget',
  plural: 'widgets',
  scope: 'Cluster',
  schema: '',
  definition,
  openApi: { type: 'object', description: 'A thing.', properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } } },
  columns: [],
});
const KINDS = [deployment, widget];

function ask(
  address: string,
  { accept = 'application/json', kinds = KINDS, ifNoneMatch }: { accept?: string; kinds?: KindDefinition[]; ifNoneMatch?: string } = {},
) {
  const [path = '', query = ''] = address.split('?');
  const request: ApiRequest = {
    method: 'GET',
    path,
    query: new Query(query),
    accept,
    contentType: undefined,
    userAgent: 'test',
    ifNoneMatch,
    body: new Uint8Array(),
    user: { username: 'a', groups: [] },
  };
  const answer = serveOpenApi(kinds, new Map(), request, path.split('/').filter(Boolean));
  return { status: answer.status, headers: new Map(answer.headers), raw: answer.body, json: () => JSON.parse(answer.body as string) };
}
const addressOf = (page: string, kinds = KINDS): string => ask('/openapi/v3', { kinds }).json().paths[page].serverRelativeURL;
const APPS = 'apis/apps/v1';

describe('a document', () => {
  const document = ask(addressOf(APPS)).json();
  const schemas = document.components.schemas;

  test('has what kubectl explain and apply look for', () => {
    const patch = document.paths['/apis/apps/v1/namespaces/{namespace}/deployments/{name}'].patch;
    expect(patch['x-kubernetes-group-version-kind']).toEqual({ group: 'apps', version: 'v1', kind: 'Deployment' });
    expect(patch.parameters.map((parameter: { name: string }) => parameter.name)).toEqual(
      expect.arrayContaining(['fieldValidation', 'dryRun', 'fieldManager', 'force']),
    );
    expect(Object.keys(patch.requestBody.content)).toContain('application/strategic-merge-patch+json');
    expect(document.paths['/apis/apps/v1/namespaces/{namespace}/deployments'].get['x-kubernetes-action']).toBe('list');
    expect(document.paths['/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale'].put['x-kubernetes-group-version-kind'].kind).toBe('Scale');
    expect(schemas['io.k8s.api.apps.v1.Deployment']['x-kubernetes-group-version-kind']).toEqual([
      { group: 'apps', version: 'v1', kind: 'Deployment' },
    ]);
  });

  test('describes fields, values and merging', () => {
    expect(schemas['io.k8s.api.apps.v1.DeploymentSpec'].required).toEqual(['selector', 'template']);
    const { protocol } = schemas['io.k8s.api.core.v1.ContainerPort'].properties;
    expect(protocol).toMatchObject({ type: 'string', enum: ['SCTP', 'TCP', 'UDP'], default: 'TCP' });
    const { ports } = schemas['io.k8s.api.core.v1.Container'].properties;
    expect(ports).toMatchObject({
      type: 'array',
      items: { allOf: [{ $ref: '#/components/schemas/io.k8s.api.core.v1.ContainerPort' }] },
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['containerPort', 'protocol'],
      'x-kubernetes-patch-strategy': 'merge',
      'x-kubernetes-patch-merge-key': 'containerPort',
    });
    expect(ports.description).toMatch(/^List of ports to expose/);
    expect(schemas['io.k8s.apimachinery.pkg.api.resource.Quantity'].oneOf).toHaveLength(2);
  });

  test('refers to nothing that it does not contain', () => {
    const references = [...JSON.stringify(document).matchAll(/#\/components\/schemas\/([\w.-]+)/g)].map((match) => match[1] as string);
    expect(references.length).toBeGreaterThan(100);
    expect(references.filter((name) => schemas[name] === undefined)).toEqual([]);
  });
});

describe('custom resources', () => {
  const document = ask(addressOf('apis/stable.example.com/v1')).json();

  test('are printed as their author wrote them', () => {
    const schema = document.components.schemas['com.example.stable.v1.Widget'];
    expect(schema).toMatchObject({ description: 'A thing.', properties: { spec: { properties: { size: { type: 'integer' } } } } });
    expect(schema.properties.metadata.allOf[0].$ref).toContain('ObjectMeta');
    expect(schema['x-kubernetes-group-version-kind']).toEqual([{ group: 'stable.example.com', version: 'v1', kind: 'Widget' }]);
  });

  test('take no strategic merge patch', () => {
    const { patch } = document.paths['/apis/stable.example.com/v1/widgets/{name}'];
    expect(Object.keys(patch.requestBody.content)).toEqual([
      'application/apply-patch+yaml',
      'application/json-patch+json',
      'application/merge-patch+json',
    ]);
  });

  test('change the hash of their own document only', () => {
    const changed = [deployment, { ...widget, openApi: { type: 'object' } }];
    expect(addressOf('apis/stable.example.com/v1', changed)).not.toBe(addressOf('apis/stable.example.com/v1'));
    expect(addressOf(APPS, changed)).toBe(addressOf(APPS));
  });
});

describe('caching', () => {
  test('an address with its hash may be kept, one without may not', () => {
    const address = addressOf(APPS);
    const { headers } = ask(address);
    expect(headers.get('cache-control')).toContain('immutable');
    expect(ask('/openapi/v3/apis/apps/v1').headers.get('cache-control')).toBeUndefined();
    expect(ask(address, { ifNoneMatch: headers.get('etag') as string }).status).toBe(304);
  });
});

test('version 2 is read as JSON and, by Go clients, as protobuf', () => {
  const { raw, headers } = ask('/openapi/v2', { accept: 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf' });
  expect([...(raw as Uint8Array).subarray(0, 5)]).toEqual([0x0a, 0x03, 0x32, 0x2e, 0x30]);
  expect(new TextDecoder().decode(raw as Uint8Array)).toContain('#/definitions/io.k8s.api.apps.v1.DeploymentSpec');
  expect(headers.get('content-type')).toBe('application/com.github.proto-openapi.spec.v2.v1.0+protobuf');
  expect(ask('/openapi/v2').json().swagger).toBe('2.0');
  expect(ask('/openapi/v2', { ifNoneMatch: headers.get('etag') as string }).status).toBe(304);
});

test.each(['/openapi', '/openapi/v4', '/openapi/v3/apis/apps', '/openapi/v3/apis/apps/v2'])('%s is not found', (path) =>
  expect(() => ask(path)).toThrow(ApiError),
);
