import { definition } from '@vivakube/schema';
import { describe, expect, test } from 'vitest';
import { ApiError } from '../status.ts';
import { decodeBody, type FieldValidation } from './index.ts';

const encoder = new TextEncoder();
const expectation = (name: string) => {
  const type = definition(name);
  const { group, version, kind } = type.gvk as { group: string; version: string; kind: string };
  return { definition: type, apiVersion: group === '' ? version : `${group}/${version}`, kind };
};
const decode = (name: string, body: unknown, validation: FieldValidation = 'Strict', contentType: string | undefined = 'application/json') =>
  decodeBody(encoder.encode(typeof body === 'string' ? body : JSON.stringify(body)), contentType, expectation(name), validation);
const refusal = (...args: Parameters<typeof decode>): string => {
  try {
    decode(...args);
  } catch (problem) {
    if (problem instanceof ApiError) return problem.status.message ?? '';
    throw problem;
  }
  return 'accepted';
};
const POD = 'core.v1.Pod';
const podWith = (container: Record<string, unknown>) => ({ spec: { containers: [{ name: 'a', image: 'b', ...container }] } });
const inPod = (text: string) => `Pod in version "v1" cannot be handled as a Pod: ${text}`;

describe('canonical objects', () => {
  test('kind, apiVersion, metadata and spec come first and are filled in', () => {
    const { object } = decode(POD, '{"status":{"phase":"Running"},"metadata":{"name":"a"}}');
    expect(JSON.stringify(object)).toBe('{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"},"spec":{},"status":{"phase":"Running"}}');
  });

  test('amounts and times are stored in one form', () => {
    const { object } = decode(POD, {
      metadata: { creationTimestamp: '2024-01-01T02:00:00.5+02:00' },
      ...podWith({ resources: { limits: { cpu: 0.5, memory: '1024Mi' }, requests: { cpu: '0.0001' } } }),
    });
    expect(object.metadata.creationTimestamp).toBe('2024-01-01T00:00:00Z');
    expect(object.spec.containers[0].resources).toEqual({ limits: { cpu: '500m', memory: '1Gi' }, requests: { cpu: '1m' } });
  });

  test('null, and zeros that Go would not write again, are absent', () => {
    const { object } = decode('apps.v1.Deployment', {
      metadata: { labels: {}, annotations: { a: null } },
      spec: {
        replicas: 0,
        minReadySeconds: 0,
        paused: false,
        strategy: null,
        template: { spec: { containers: [], nodeSelector: {}, hostNetwork: false, enableServiceLinks: false } },
      },
    });
    expect(object.metadata).toEqual({ annotations: { a: '' } });
    expect(object.spec).toEqual({ replicas: 0, template: { spec: { containers: [], enableServiceLinks: false } } });
  });

  test('keys that mean something to JavaScript are plain data', () => {
    const { object } = decode('core.v1.ConfigMap', '{"data":{"__proto__":"a","constructor":"b"}}');
    expect(Object.keys(object.data)).toEqual(['__proto__', 'constructor']);
    expect(JSON.stringify(object.data)).toBe('{"__proto__":"a","constructor":"b"}');
  });

  test('escapes, and half a surrogate pair', () => {
    expect(decode('core.v1.ConfigMap', '{"data":{"a\\u0041":"\\"\\\\","b":"\\ud800"}}').object.data).toEqual({ aA: '"\\', b: '\ufffd' });
  });
});

describe('type errors', () => {
  test.each([
    [{ metadata: [] }, 'array into Go struct field Pod.metadata of type v1.ObjectMeta'],
    [{ metadata: { labels: { a: 1 } } }, 'number into Go struct field ObjectMeta.metadata.labels of type string'],
    [{ metadata: { labels: 'x' } }, 'string into Go struct field ObjectMeta.metadata.labels of type map[string]string'],
    [{ spec: { restartPolicy: 5 } }, 'number into Go struct field PodSpec.spec.restartPolicy of type v1.RestartPolicy'],
    [{ spec: { containers: {} } }, 'object into Go struct field PodSpec.spec.containers of type []v1.Container'],
    [{ spec: { containers: ['x'] } }, 'string into Go struct field PodSpec.spec.containers of type v1.Container'],
    [podWith({ ports: [{ containerPort: 1.5 }] }), 'number 1.5 into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32'],
    [
      podWith({ ports: [{ containerPort: 3e9 }] }),
      'number 3000000000 into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32',
    ],
    [
      podWith({ livenessProbe: { httpGet: { port: true } } }),
      'bool into Go struct field HTTPGetAction.spec.containers.livenessProbe.httpGet.port of type int32',
    ],
    [
      podWith({ securityContext: { capabilities: { add: [5] } } }),
      'number into Go struct field Capabilities.spec.containers.securityContext.capabilities.add of type v1.Capability',
    ],
    [
      podWith({ resources: { limits: [] } }),
      'array into Go struct field ResourceRequirements.spec.containers.resources.limits of type v1.ResourceList',
    ],
  ])('%j', (body, text) => expect(refusal(POD, body)).toBe(inPod(`json: cannot unmarshal ${text}`)));

  test('the first mismatch counts, unless a type with its own decoder refuses later', () => {
    expect(refusal(POD, { metadata: { name: 1 }, spec: { nodeName: 1 } })).toContain('ObjectMeta.metadata.name');
    expect(refusal(POD, { metadata: { name: 1 }, ...podWith({ resources: { limits: { cpu: 'x' } } }) })).toContain('quantities must match');
  });

  test.each([
    ['core.v1.Secret', { data: { a: '10.300' } }, 'illegal base64 data at input byte 2'],
    ['core.v1.Secret', { data: { a: 'abc' } }, 'illegal base64 data at input byte 0'],
    ['core.v1.Secret', { data: { a: 'YQ==x' } }, 'illegal base64 data at input byte 4'],
    ['coordination.v1.Lease', { spec: { renewTime: 'x' } }, 'parsing time "x" as "2006-01-02T15:04:05.000000Z07:00": cannot parse "x" as "2006"'],
    [
      'coordination.v1.Lease',
      { spec: { renewTime: '2024-01-01T00:00:00Z' } },
      'parsing time "2024-01-01T00:00:00Z" as "2006-01-02T15:04:05.000000Z07:00": cannot parse "Z" as ".000000"',
    ],
    ['core.v1.Pod', { metadata: { creationTimestamp: '2024-13-01T00:00:00Z' } }, 'parsing time "2024-13-01T00:00:00Z": month out of range'],
    ['core.v1.Pod', { metadata: { creationTimestamp: '2023-02-29T00:00:00Z' } }, 'parsing time "2023-02-29T00:00:00Z": day out of range'],
    [
      'core.v1.Pod',
      { metadata: { creationTimestamp: 5 } },
      'json: cannot unmarshal number into Go struct field ObjectMeta.metadata.creationTimestamp of type string',
    ],
  ])('%s %j', (name, body, text) => expect(refusal(name, body)).toMatch(new RegExp(`: ${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`)));
});

describe('strict decoding', () => {
  const twice = '{"metadata":{"name":"a","name":"b","labels":{"x":"1","x":"2"}},"spec":{"foo":1,"containers":[{"imagee":"x"}],"nodeName":"n"}}';
  const found = [
    'duplicate field "metadata.name"',
    'duplicate field "metadata.labels.x"',
    'unknown field "spec.foo"',
    'unknown field "spec.containers[0].imagee"',
  ];

  test('refuses', () => expect(refusal(POD, twice)).toBe(inPod(`strict decoding error: ${found.join(', ')}`)));

  test('warns, and the last duplicate counts', () => {
    const { object, warnings } = decode(POD, twice, 'Warn');
    expect(warnings).toEqual(found);
    expect(object.metadata).toEqual({ name: 'b', labels: { x: '2' } });
    expect(object.spec).toEqual({ containers: [{}], nodeName: 'n' });
  });

  test('ignores', () => expect(decode(POD, twice, 'Ignore').warnings).toEqual([]));
});

describe('what a body says it is', () => {
  test.each([
    [
      '{"kind":"Service","apiVersion":"v1"}',
      'Service in version "v1" cannot be handled as a Pod: converting (v1.Service) to (core.Pod): unknown conversion',
    ],
    [
      '{"kind":"Foo","apiVersion":"v1"}',
      'Foo in version "v1" cannot be handled as a Pod: no kind "Foo" is registered for version "v1" in scheme "pkg/api/legacyscheme/scheme.go:30"',
    ],
    [
      '{"apiVersion":"a/b/c"}',
      'the object provided is unrecognized (must be of type Pod): unexpected GroupVersion string: a/b/c ({"apiVersion":"a/b/c"})',
    ],
    [
      '',
      "the object provided is unrecognized (must be of type Pod): couldn't get version/kind; json parse error: unexpected end of JSON input (<empty>)",
    ],
    [
      '{"kind":"Pod",}',
      'the object provided is unrecognized (must be of type Pod): couldn\'t get version/kind; json parse error: invalid character \'}\' looking for beginning of object key string ({"kind":"Pod",})',
    ],
    [
      '{"a":1}}',
      "the object provided is unrecognized (must be of type Pod): couldn't get version/kind; json parse error: invalid character '}' after top-level value ({\"a\":1}})",
    ],
    [
      '{"apiVersion":5}',
      'the object provided is unrecognized (must be of type Pod): couldn\'t get version/kind; json parse error: json: cannot unmarshal number into Go struct field .apiVersion of type string ({"apiVersion":5})',
    ],
  ])('%s', (body, text) => expect(refusal(POD, body)).toBe(text));

  test('another version of the same kind', () => {
    expect(refusal('apps.v1.Deployment', '{"kind":"Deployment","apiVersion":"apps/v1beta1"}')).toBe(
      'the API version in the data (apps/v1beta1) does not match the expected API version (apps/v1)',
    );
  });

  test('a text that nests without end is refused', () => {
    expect(refusal('core.v1.Pod', `{"metadata":${'['.repeat(5000)}${']'.repeat(5000)}}`)).toContain('exceeded max depth');
    expect(refusal('core.v1.Pod', '['.repeat(5000))).toContain('exceeded max depth');
  });
});

describe('YAML', () => {
  const yaml = (text: string, validation: FieldValidation = 'Strict') => decode('core.v1.ConfigMap', text, validation, 'application/yaml');

  test('is read by content type, and without one by its looks', () => {
    expect(yaml('metadata: {name: a}\ndata:\n  a: "1"\n').object.data).toEqual({ a: '1' });
    expect(decodeBody(encoder.encode('data: {a: b}'), undefined, expectation('core.v1.ConfigMap'), 'Strict').object.data).toEqual({ a: 'b' });
  });

  test('reads what version 1.1 calls a boolean, but not times', () => {
    expect(refusal('core.v1.ConfigMap', 'data: {a: yes}', 'Strict', 'application/yaml')).toContain(
      'cannot unmarshal bool into Go struct field ConfigMap.data of type string',
    );
    expect(yaml('data: {a: 2024-01-01, b: 12:30:45}').object.data).toEqual({ a: '2024-01-01', b: '12:30:45' });
  });

  test('keys that stand twice', () => {
    const text = 'data:\n  a: "1"\n  a: "2"\n  b:\n';
    expect(refusal('core.v1.ConfigMap', text, 'Strict', 'application/yaml')).toContain(
      'strict decoding error: yaml: unmarshal errors:\n  line 3: key "a" already set in map',
    );
    expect(yaml(text, 'Ignore').object.data).toEqual({ a: '2', b: '' });
  });

  test('a text that nests without end is refused in our own words', () => {
    const deep = `a:\n${'- '.repeat(20_000)}x\n`;
    expect(refusal('core.v1.ConfigMap', deep, 'Strict', 'application/yaml')).toContain('yaml: line 2: exceeded max depth');
  });

  test('an alias bomb is refused', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[i]}`).join(',')}]`),
    ].join('\n');
    expect(refusal('core.v1.ConfigMap', bomb, 'Strict', 'application/yaml')).toContain('yaml: ');
  });

  test('many keys take no longer than they should', () => {
    const keys = Array.from({ length: 5000 }, (_, i) => `  k${i}: v`).join('\n');
    expect(Object.keys(yaml(`data:\n${keys}`).object.data)).toHaveLength(5000);
  });

  test.each([
    ['a: b: c', 'yaml: mapping values are not allowed in this context (613a20623a2063)'],
    ['a: 1\nb: c: d', 'yaml: line 2: mapping values are not allowed in this context (613a20310a623a20633a2064)'],
    ['a: *b', "yaml: unknown anchor 'b' referenced (613a202a62)"],
  ])('%j', (text, message) =>
    expect(refusal('core.v1.ConfigMap', text, 'Strict', 'application/yaml')).toBe(
      `the object provided is unrecognized (must be of type ConfigMap): ${message}`,
    ),
  );
});

test('other content types are not understood', () =>
  expect(refusal(POD, '{}', 'Strict', 'text/plain')).toBe(
    'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
  ));
