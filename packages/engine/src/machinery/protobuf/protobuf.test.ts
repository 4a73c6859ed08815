import { definition } from '@vivakube/schema';
import { messageFields } from '@vivakube/schema/protobuf';
import { describe, expect, test } from 'vitest';
import { world } from '../../../testing/world.ts';
import { engine } from '../../engine.ts';
import { decodeBody } from '../decode/index.ts';
import { canonicalQuantity } from '../decode/quantity.ts';
import { apiVersionOf } from '../kind.ts';
import type { ApiAnswer } from '../request.ts';
import { ApiError } from '../status.ts';
import { openEnvelope, readObject } from './index.ts';
import { sealEnvelope } from './write.ts';

const fromHex = (hex: string): number[] => (hex.replace(/\s/g, '').match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
const text = (value: string): number[] => [...new TextEncoder().encode(value)];
/** A length-delimited field. */
const part = (number: number, ...content: (number | number[])[]): number[] => {
  const bytes = content.flat();
  return [...varint((number << 3) | 2), ...varint(bytes.length), ...bytes];
};
const int = (number: number, value: number): number[] => [...varint(number << 3), ...varint(value)];
function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}
const enveloped = (apiVersion: string, kind: string, ...raw: number[][]): number[] => [
  ...fromHex('6b387300'),
  ...part(1, part(1, text(apiVersion)), part(2, text(kind))),
  ...part(2, ...raw),
];

function decode(name: string, bytes: number[]) {
  const type = definition(name);
  const { group, version, kind } = type.gvk ?? { group: '', version: 'v1', kind: 'DeleteOptions' };
  const expected = { definition: type, apiVersion: group === '' ? version : `${group}/${version}`, kind };
  return decodeBody(Uint8Array.from(bytes), 'application/vnd.kubernetes.protobuf', expected, 'Strict').object;
}
const metadata = (name: string): number[] => part(1, part(1, text(name)), part(8));

describe('bodies that kubectl sends', () => {
  test('create namespace, captured', () => {
    const captured = '6b387300 0a0f 0a027631 1209 4e616d657370616365 121a 0a12 0a026e31 1200 1a00 2200 2a00 3200 3800 4200 1200 1a02 0a00 1a00 2200';
    expect(decode('core.v1.Namespace', fromHex(captured))).toEqual({
      kind: 'Namespace',
      apiVersion: 'v1',
      metadata: { name: 'n1' },
      spec: {},
      status: {},
    });
  });

  test('a pointer to zero says something, a plain zero does not', () => {
    const template = part(3, part(2, part(2, part(1, text('a')), part(2, text('nginx'))), int(11, 0)));
    const deployment = enveloped(
      'apps/v1',
      'Deployment',
      metadata('d'),
      part(2, int(1, 0), part(2, part(1, part(1, text('app')), part(2, text('d')))), template, int(5, 0), int(7, 0)),
    );
    expect(decode('apps.v1.Deployment', deployment).spec).toEqual({
      replicas: 0,
      selector: { matchLabels: { app: 'd' } },
      template: { spec: { containers: [{ name: 'a', image: 'nginx' }] } },
    });
  });

  test('inlined messages, amounts, ports and bytes', () => {
    const volume = part(1, part(1, text('v')), part(2, part(2)));
    const limits = part(8, part(1, part(1, text('cpu')), part(2, part(1, text('0.5')))));
    const probe = part(10, part(1, part(2, part(2, int(1, 1), int(2, 0), part(3, text('http'))), part(1, text('/')))), int(2, 0));
    const pod = enveloped('v1', 'Pod', metadata('p'), part(2, volume, part(2, part(1, text('c')), limits, probe)));
    expect(decode('core.v1.Pod', pod).spec).toEqual({
      volumes: [{ name: 'v', emptyDir: {} }],
      containers: [{ name: 'c', resources: { limits: { cpu: '500m' } }, livenessProbe: { httpGet: { path: '/', port: 'http' } } }],
    });
    const secret = enveloped('v1', 'Secret', metadata('s'), part(2, part(1, text('k')), part(2, text('hello'))), part(3, text('Opaque')));
    expect(decode('core.v1.Secret', secret)).toMatchObject({ data: { k: 'aGVsbG8=' }, type: 'Opaque' });
  });

  test('DeleteOptions of any group', () => {
    expect(decode('meta.v1.DeleteOptions', enveloped('apps/v1', 'DeleteOptions', part(4, text('Background')), int(1, 0)))).toMatchObject({
      gracePeriodSeconds: 0,
      propagationPolicy: 'Background',
    });
  });
});

describe('what does not decode', () => {
  const refusal = (bytes: number[]): string | undefined => {
    try {
      decode('core.v1.Pod', bytes);
    } catch (problem) {
      if (problem instanceof ApiError) return problem.status.message;
      throw problem;
    }
    return undefined;
  };

  test.each([
    [
      'no magic',
      [1, 2],
      'the object provided is unrecognized (must be of type Pod): provided data does not appear to be a protobuf message, expected prefix [107 56 115 0] (0102)',
    ],
    ['cut off', enveloped('v1', 'Pod', [0x0a, 0x50]), 'Pod in version "v1" cannot be handled as a Pod: unexpected EOF'],
    [
      'another kind',
      enveloped('v1', 'Secret'),
      'Secret in version "v1" cannot be handled as a Pod: converting (v1.Secret) to (core.Pod): unknown conversion',
    ],
    ['a group', enveloped('v1', 'Pod', [0x0b]), 'Pod in version "v1" cannot be handled as a Pod: proto: illegal wireType 3'],
  ])('%s', (_, bytes, message) => expect(refusal(bytes)).toBe(message));
});

describe('answers for those who take nothing else', () => {
  const w = world({ workers: 1, system: true });
  const accept = 'application/vnd.kubernetes.protobuf';
  /** Zero values of plain fields are not told apart from absence on the wire, and amounts are read in their own form. */
  const told = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(told);
    if (typeof value === 'string' && /^\d+Ki$/.test(value)) return canonicalQuantity(value);
    if (typeof value !== 'object' || value === null) return value ?? '';
    const kept = Object.entries(value).map(([key, below]) => [key, told(below)] as const);
    return Object.fromEntries(kept.filter(([, below]) => below !== '' && below !== 0 && below !== false && JSON.stringify(below) !== '[]'));
  };
  const opened = (method: string, url: string, body?: unknown) => {
    const { status, body: bytes } = w.respond(method, url, body, { accept }) as ApiAnswer;
    return { status, ...openEnvelope(bytes as Uint8Array) };
  };
  const kinds = engine.machine.registry.kinds.filter((kind) => !kind.review && !kind.virtual && !kind.postsTo && messageFields(kind.schema));

  test.each(kinds.map((kind) => [`${apiVersionOf(kind)} ${kind.kind}`, kind] as const))('%s and its list', (_, kind) => {
    const url = `${kind.group === '' ? '/api' : `/apis/${kind.group}`}/${kind.version}/${kind.plural}`;
    const list = w.request('GET', url).body;
    const { apiVersion, kind: named, raw } = opened('GET', url);
    expect(`${apiVersion} ${named}`).toBe(`${list.apiVersion} ${list.kind}`);
    const { metadata, items } = list;
    expect(told(readObject(raw, definition(`${kind.schema}List`)))).toEqual(told({ metadata, ...(items.length > 0 ? { items } : {}) }));
  });

  test('errors, deletions and scales; what has no wire form is not acceptable', () => {
    const error = opened('GET', '/api/v1/nodes/none');
    expect(error).toMatchObject({ status: 404, kind: 'Status' });
    expect(readObject(error.raw, definition('meta.v1.Status'))).toMatchObject({ message: 'nodes "none" not found', details: { kind: 'nodes' } });
    expect(opened('GET', '/apis/apps/v1/namespaces/kube-system/deployments/coredns/scale').kind).toBe('Scale');
    const refused = opened('GET', '/apis/sim.vivakube.dev/v1/nodepools');
    expect(readObject(refused.raw, definition('meta.v1.Status'))).toMatchObject({ code: 406, reason: 'NotAcceptable' });
  });

  test('definitions of custom resources, with what stands in the place of a schema', () => {
    const schema = {
      type: 'object',
      properties: {
        spec: {
          type: 'object',
          properties: {
            free: { type: 'object', additionalProperties: true },
            amounts: { type: 'object', additionalProperties: { type: 'integer', minimum: 1.5 } },
            size: { default: { a: [1] }, 'x-kubernetes-preserve-unknown-fields': true },
            ports: {
              type: 'array',
              items: { type: 'object', required: ['name'], properties: { name: { type: 'string', enum: ['a', 'b'] } } },
              'x-kubernetes-list-type': 'map',
              'x-kubernetes-list-map-keys': ['name'],
              'x-kubernetes-validations': [{ rule: 'self.size() < 3', message: 'too many' }],
              maxItems: 5,
            },
          },
        },
      },
    };
    const names = { kind: 'Thing', listKind: 'ThingList', plural: 'things', singular: 'thing', shortNames: ['t'] };
    const versions = [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema }, subresources: { status: {} } }];
    const type = definition('apiextensions.v1.CustomResourceDefinition');
    const url = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    const object = { metadata: { name: 'things.example.com' }, spec: { group: 'example.com', names, scope: 'Namespaced', versions } };
    const body = sealEnvelope('apiextensions.k8s.io/v1', 'CustomResourceDefinition', object, type);
    const answer = w.respond('POST', url, undefined, { accept, contentType: accept, body: body as Uint8Array }) as ApiAnswer;
    const made = readObject(openEnvelope(answer.body as Uint8Array).raw, type) as { spec: typeof object.spec };
    expect(made.spec.versions).toEqual(versions);
    expect(w.request('GET', `${url}/things.example.com`).body.spec.versions).toEqual(versions);
  });
});
