import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type World, world } from '../../../../../testing/world.ts';
import { certificates } from './certificates.ts';
import { httpRoutes } from './http-routes.ts';
import { serviceMonitors } from './service-monitors.ts';

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const APPLY = { contentType: 'application/apply-patch+yaml' };
const MERGE = { contentType: 'application/merge-patch+json' };
const TABLE = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' };
const urls = {
  Certificate: '/apis/cert-manager.io/v1/namespaces/default/certificates',
  ServiceMonitor: '/apis/monitoring.coreos.com/v1/namespaces/default/servicemonitors',
  HTTPRoute: '/apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes',
};
type Kind = keyof typeof urls;

let w: World;
beforeAll(() => {
  w = world({ workers: 0 });
  for (const text of [certificates, serviceMonitors, httpRoutes]) {
    const { body } = w.request('POST', DEFINITIONS, parse(text));
    expect(body.message).toBeUndefined();
  }
});

const post = (kind: Kind, spec: object, name: string) =>
  w.request('POST', `${urls[kind]}?fieldValidation=Strict`, { kind, metadata: { name }, spec });
const refusal = (kind: Kind, spec: object): string => {
  const { message } = post(kind, spec, 'bad').body;
  return message?.replace(/^.*? is invalid: /, '');
};

describe('definitions that people install', () => {
  it('are established and found', () => {
    for (const { spec, status } of w.objects('apiextensions.k8s.io/customresourcedefinitions')) {
      expect(status.conditions.map((c: { type: string; status: string }) => `${c.type}=${c.status}`)).toEqual([
        ...(spec.group.endsWith('.k8s.io') ? ['KubernetesAPIApprovalPolicyConformant=True'] : []),
        'NamesAccepted=True',
        'Established=True',
      ]);
    }
    const { body } = w.request('GET', '/apis/gateway.networking.k8s.io');
    expect(body.versions.map((each: { version: string }) => each.version)).toEqual(['v1', 'v1beta1']);
    const document = w.request('GET', '/openapi/v3/apis/cert-manager.io/v1').body;
    expect(document.components.schemas['io.cert-manager.v1.Certificate'].properties.spec.required).toEqual(['issuerRef', 'secretName']);
  });
});

describe('a certificate', () => {
  const spec = { secretName: 'tls', issuerRef: { name: 'ca' }, dnsNames: ['a.example'], privateKey: {} };

  it('is filled in, given a status and printed', () => {
    const { body } = post('Certificate', spec, 'c');
    expect(body.spec).toEqual({
      ...spec,
      issuerRef: { name: 'ca', kind: 'Issuer', group: 'cert-manager.io' },
      privateKey: { rotationPolicy: 'Always' },
    });
    w.request('PATCH', `${urls.Certificate}/c/status`, { status: { conditions: [{ type: 'Ready', status: 'True' }] } }, MERGE);
    const { columnDefinitions, rows } = w.request('GET', urls.Certificate, undefined, TABLE).body;
    expect(columnDefinitions.map((each: { name: string }) => each.name)).toEqual(['Name', 'Ready', 'Secret', 'Issuer', 'Age']);
    expect(rows[0].cells).toEqual(['c', 'True', 'tls', 'ca', '0s']);
  });

  it('keeps one condition of a type under server-side apply', () => {
    const condition = (status: string) => ({
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      status: {
        conditions: [
          { type: 'Ready', status },
          { type: 'Issuing', status: 'False' },
        ],
      },
    });
    post('Certificate', spec, 'd');
    for (const status of ['True', 'False']) w.request('PATCH', `${urls.Certificate}/d/status?fieldManager=m&force=true`, condition(status), APPLY);
    expect(w.request('GET', `${urls.Certificate}/d`).body.status.conditions).toEqual(condition('False').status.conditions);
  });

  it.each([
    [{ issuerRef: {} }, '[spec.issuerRef.name: Required value, spec.secretName: Required value]'],
    [
      { ...spec, usages: ['flying'] },
      'spec.usages[0]: Unsupported value: "flying": supported values: "signing", "digital signature", "server auth", "client auth"',
    ],
    [{ ...spec, commonName: 'x'.repeat(65) }, 'spec.commonName: Too long: may not be more than 64 bytes'],
    [
      { ...spec, revisionHistoryLimit: 0 },
      'spec.revisionHistoryLimit: Invalid value: 0: spec.revisionHistoryLimit in body should be greater than or equal to 1',
    ],
    [{ ...spec, dnsNames: 'a' }, 'spec.dnsNames: Invalid value: "string": spec.dnsNames in body must be of type array: "string"'],
    [{ ...spec, nope: 1 }, 'Certificate in version "v1" cannot be handled as a Certificate: strict decoding error: unknown field "spec.nope"'],
  ])('is refused: %j', (each, message) => expect(refusal('Certificate', each)).toBe(message));
});

describe('a service monitor', () => {
  const endpoint = { port: 'http', interval: '30s', targetPort: 8080, relabelings: [{}], params: { a: ['b'] } };
  const monitor = (more: object) => ({ selector: { matchLabels: { app: 'x' } }, endpoints: [{ ...endpoint, ...more }] });

  it('keeps numbers and names of ports', () => {
    expect(post('ServiceMonitor', monitor({}), 'm').body.spec.endpoints[0]).toEqual({ ...endpoint, relabelings: [{ action: 'replace' }] });
    expect(post('ServiceMonitor', monitor({ targetPort: 'http' }), 'n').code).toBe(201);
  });

  it.each([
    [
      monitor({ targetPort: true }),
      '[spec.endpoints[0].targetPort: Invalid value: "boolean": spec.endpoints[0].targetPort in body must be of type integer,string: "boolean", <nil>: Invalid value: "": "spec.endpoints[0].targetPort" must validate at least one schema (anyOf), spec.endpoints[0].targetPort: Invalid value: "boolean": spec.endpoints[0].targetPort in body must be of type integer: "boolean"]',
    ],
    [
      monitor({ interval: 'often' }),
      'spec.endpoints[0].interval: Invalid value: "often": spec.endpoints[0].interval in body should match \'^(0|(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?)$\'',
    ],
    [
      monitor({ relabelings: [] }),
      'spec.endpoints[0].relabelings: Invalid value: 0: spec.endpoints[0].relabelings in body should have at least 1 items',
    ],
    [{}, '[spec.endpoints: Required value, spec.selector: Required value]'],
  ])('is refused: %j', (each, message) => expect(refusal('ServiceMonitor', each)).toBe(message));
});

describe('an HTTP route', () => {
  const backend = { name: 'web', port: 80 };

  it('is filled in to its depth', () => {
    expect(post('HTTPRoute', { parentRefs: [{ name: 'gw' }] }, 'r').body.spec).toEqual({
      parentRefs: [{ name: 'gw', group: 'gateway.networking.k8s.io', kind: 'Gateway' }],
      rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }] }],
    });
    expect(post('HTTPRoute', { rules: [{ backendRefs: [backend] }] }, 's').body.spec.rules[0]).toEqual({
      matches: [{ path: { type: 'PathPrefix', value: '/' } }],
      backendRefs: [{ ...backend, group: '', kind: 'Service', weight: 1 }],
    });
  });

  const rule = (more: object) => ({ rules: [more] });
  it.each([
    [
      rule({ matches: [{ path: { value: 'a' } }] }),
      "spec.rules[0].matches[0].path: Invalid value: \"object\": value must be an absolute path and start with '/' when type one of ['Exact', 'PathPrefix']",
    ],
    [
      rule({ matches: [{ path: { value: '/a b' } }] }),
      "spec.rules[0].matches[0].path: Invalid value: \"object\": must only contain valid characters for types ['Exact', 'PathPrefix']",
    ],
    [rule({ backendRefs: [{ name: 'web' }] }), 'spec.rules[0].backendRefs[0]: Invalid value: "object": Must have port for Service reference'],
    [
      rule({ timeouts: { request: '1s', backendRequest: '2s' } }),
      'spec.rules[0].timeouts: Invalid value: "object": backendRequest timeout cannot be longer than request timeout',
    ],
    [
      rule({ backendRefs: [backend], filters: [{ type: 'RequestRedirect', requestRedirect: {} }] }),
      'spec.rules[0]: Invalid value: "object": RequestRedirect filter must not be used together with backendRefs',
    ],
    [
      { parentRefs: [{ name: 'gw' }, { name: 'gw' }] },
      'spec.parentRefs: Invalid value: "array": sectionName must be unique when parentRefs includes 2 or more references to the same parent',
    ],
    [
      rule({
        matches: [
          {
            headers: [
              { name: 'a', value: '1' },
              { name: 'a', value: '2' },
            ],
          },
        ],
      }),
      'spec.rules[0].matches[0].headers[1]: Duplicate value: {"name":"a"}',
    ],
  ])('is refused: %j', (each, message) => expect(refusal('HTTPRoute', each)).toBe(message));

  it('is one object in both versions', () => {
    const beta = urls.HTTPRoute.replace('/v1/', '/v1beta1/');
    post('HTTPRoute', { hostnames: ['a.example'] }, 't');
    const patched = w.request('PATCH', `${beta}/t`, { spec: { hostnames: ['b.example'] } }, MERGE).body;
    expect(patched).toMatchObject({ apiVersion: 'gateway.networking.k8s.io/v1beta1', metadata: { generation: 2 } });
    const same = w.request('PATCH', `${beta}/t`, { spec: { hostnames: ['b.example'] } }, MERGE).body;
    expect(same.metadata).toEqual(patched.metadata);
    const { apiVersion, metadata } = w.request('GET', `${urls.HTTPRoute}/t`).body;
    expect([apiVersion, metadata.generation]).toEqual(['gateway.networking.k8s.io/v1', 2]);
    const put = w.request('PUT', `${beta}/t`, { ...patched, spec: { hostnames: ['c.example'] } });
    expect([put.code, put.body.apiVersion, put.body.metadata.generation]).toEqual([200, 'gateway.networking.k8s.io/v1beta1', 3]);
    expect(w.object('gateway.networking.k8s.io/httproutes/default/t')?.apiVersion).toBe('gateway.networking.k8s.io/v1');
  });
});
