import { definition } from '@vivakube/schema';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ApiError } from '../status.ts';
import { applyPatch, JSON_PATCH, MERGE_PATCH, patchAndDecode, patchTypeOf, STRATEGIC_MERGE_PATCH } from './index.ts';
import { applyJsonPatch } from './json.ts';
import { applyMergePatch } from './merge.ts';
import type { Json, JsonObject } from './plain.ts';

const deployment = definition('apps.v1.Deployment');
const refusal = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof ApiError) return `${error.status.code} ${error.status.reason ?? ''} ${error.status.message}`;
    throw error;
  }
  throw new Error('nothing was refused');
};
const UNPROCESSABLE = '422 Invalid the server rejected our request due to an error in our request';

describe('JSON patch', () => {
  const current = { a: { b: [1, 2, 3], 'x/y~z': 'old' }, n: null } as JsonObject;
  const op = (op: string, path: string, rest: JsonObject = {}): JsonObject => ({ op, path, ...rest });
  test.each<[string, JsonObject[], Json]>([
    ['add to an object', [op('add', '/c', { value: 1 })], { ...current, c: 1 }],
    ['add into a list', [op('add', '/a/b/1', { value: 9 })], { ...current, a: { b: [1, 9, 2, 3], 'x/y~z': 'old' } }],
    ['append', [op('add', '/a/b/-', { value: 4 })], { ...current, a: { b: [1, 2, 3, 4], 'x/y~z': 'old' } }],
    ['a negative index', [op('remove', '/a/b/-1')], { ...current, a: { b: [1, 2], 'x/y~z': 'old' } }],
    ['escaped names', [op('replace', '/a/x~1y~0z', { value: 'new' })], { ...current, a: { b: [1, 2, 3], 'x/y~z': 'new' } }],
    ['move', [op('move', '/c', { from: '/a/b' })], { a: { 'x/y~z': 'old' }, n: null, c: [1, 2, 3] }],
    ['copy', [op('copy', '/a/b/0', { from: '/a/b/2' })], { ...current, a: { b: [3, 1, 2, 3], 'x/y~z': 'old' } }],
    ['test then remove', [op('test', '/a/b', { value: [1, 2, 3] }), op('remove', '/a')], { n: null }],
    ['test of what is absent against null', [op('test', '/nope', { value: null })], current],
  ])('%s', (_, patch, expected) => {
    const before = structuredClone(current);
    expect(applyJsonPatch(current, patch)).toEqual(expected);
    expect(current).toEqual(before);
  });

  test.each<[string, JsonObject]>([
    ['missing parent', op('add', '/nope/x', { value: 1 })],
    ['missing key', op('remove', '/nope')],
    ['replace of nothing', op('replace', '/nope', { value: 1 })],
    ['index out of range', op('add', '/a/b/4', { value: 1 })],
    ['no index', op('add', '/a/b/x', { value: 1 })],
    ['failed test', op('test', '/a/b/0', { value: 2 })],
    ['unknown operation', op('frob', '/a')],
    ['inherited names', op('replace', '/constructor', { value: 1 })],
    ['a path without a slash', op('add', 'a', { value: 1 })],
    ['copy of nothing', op('copy', '/c', { from: '/nope' })],
  ])('refuses %s', (_, operation) => expect(refusal(() => applyJsonPatch(current, [operation]))).toBe(UNPROCESSABLE));

  test('refuses what is no patch', () => {
    expect(refusal(() => applyJsonPatch({}, {}))).toBe(
      '400 BadRequest error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
    );
    expect(refusal(() => applyJsonPatch({}, Array(10_001).fill(op('test', '/x', { value: null }))))).toBe(
      '413 RequestEntityTooLarge Request entity is too large: The allowed maximum operations in a JSON patch is 10000, got 10001',
    );
  });

  test('bounds what copies of copies add', () => {
    const doubling = Array.from({ length: 40 }, () => op('copy', '/a/-', { from: '/a' }));
    expect(refusal(() => applyJsonPatch({ a: ['x'] }, doubling))).toBe(UNPROCESSABLE);
  });

  test('stores odd names as data', () => {
    const patched = applyJsonPatch({ a: {} }, [op('add', '/a/__proto__', { value: { polluted: true } })]) as { a: object };
    expect(Object.keys(patched.a)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('merge patch', () => {
  test.each<[Json, Json, Json]>([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j + %j', (target, patch, expected) => expect(applyMergePatch(target, patch)).toEqual(expected));

  // RFC 7386 patches cannot carry nulls as values, so none are generated.
  const leaf = fc.oneof(fc.boolean(), fc.integer(), fc.string(), fc.constant('__proto__'));
  const { node } = fc.letrec<{ node: Json }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(leaf),
      fc.dictionary(fc.oneof(fc.string({ maxLength: 2 }), fc.constant('constructor')), tie('node')),
    ),
  }));
  const document = fc.dictionary(fc.string({ maxLength: 2 }), node) as fc.Arbitrary<JsonObject>;
  const isMap = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
  const difference = (from: JsonObject, to: JsonObject): JsonObject => {
    const out: JsonObject = Object.create(null);
    for (const key of Object.keys(from)) if (!Object.hasOwn(to, key)) out[key] = null;
    for (const key of Object.keys(to)) {
      const [was, is] = [Object.hasOwn(from, key) ? from[key] : undefined, to[key] as Json];
      out[key] = isMap(was) && isMap(is) ? difference(was, is) : is;
    }
    return out;
  };

  test('merging the difference gives the other document', () => {
    fc.assert(
      fc.property(document, document, (a, b) => {
        const merged = applyMergePatch(a, difference(a, b)) as JsonObject;
        expect(JSON.parse(JSON.stringify(merged))).toEqual(JSON.parse(JSON.stringify(b)));
      }),
      { numRuns: 40 },
    );
  });

  test('a patch that changes nothing gives back the same object, and twice is once', () => {
    fc.assert(
      fc.property(document, document, (a, patch) => {
        expect(applyMergePatch(a, {})).toBe(a);
        const once = applyMergePatch(a, patch);
        expect(applyMergePatch(once, patch)).toEqual(once);
      }),
      { numRuns: 40 },
    );
  });
});

const podWith = (spec: JsonObject): JsonObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { template: { spec } },
});
const strategic = (current: JsonObject, patch: JsonObject): JsonObject =>
  applyPatch({ contentType: STRATEGIC_MERGE_PATCH, body: JSON.stringify(patch), current: current as never, definition: deployment });
const patchedSpec = (spec: JsonObject, patch: JsonObject): Json =>
  ((strategic(podWith(spec), { spec: { template: { spec: patch } } }).spec as JsonObject).template as JsonObject).spec as Json;

describe('strategic merge patch', () => {
  const two: { containers: JsonObject[] } = {
    containers: [
      { name: 'a', image: 'a:1' },
      { name: 'b', image: 'b:1', args: ['x'] },
    ],
  };
  test.each<[string, JsonObject, JsonObject, Json]>([
    [
      'merges by key',
      two,
      { containers: [{ name: 'b', image: 'b:2' }] },
      {
        containers: [
          { name: 'a', image: 'a:1' },
          { name: 'b', image: 'b:2', args: ['x'] },
        ],
      },
    ],
    ['puts what is new first', two, { containers: [{ name: 'c' }] }, { containers: [{ name: 'c' }, ...two.containers] }],
    ['deletes one item', two, { containers: [{ name: 'a', $patch: 'delete' }] }, { containers: [two.containers[1] as Json] }],
    ['replaces the list', two, { containers: [{ $patch: 'replace' }, { name: 'z' }] }, { containers: [{ name: 'z' }] }],
    [
      'orders as told',
      two,
      { '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }] },
      { containers: [two.containers[1] as Json, two.containers[0] as Json] },
    ],
    [
      'orders what it adds',
      two,
      { '$setElementOrder/containers': [{ name: 'c' }, { name: 'b' }], containers: [{ name: 'c' }] },
      { containers: [{ name: 'c' }, ...two.containers] },
    ],
    [
      'replaces atomic lists',
      two,
      { containers: [{ name: 'b', args: ['y'] }] },
      {
        containers: [
          { name: 'a', image: 'a:1' },
          { name: 'b', image: 'b:1', args: ['y'] },
        ],
      },
    ],
    [
      'drops nulls',
      two,
      { hostname: null, nodeName: 'n', containers: [{ name: 'c', image: null }] },
      { nodeName: 'n', containers: [{ name: 'c' }, ...two.containers] },
    ],
    ['removes a field', { hostname: 'h' }, { hostname: null }, {}],
    [
      'keeps only retained keys of a volume',
      { volumes: [{ name: 'v', emptyDir: {} }] },
      { volumes: [{ name: 'v', $retainKeys: ['name', 'hostPath'], hostPath: { path: '/x' } }] },
      { volumes: [{ name: 'v', hostPath: { path: '/x' } }] },
    ],
    ['deletes the contents of a map', { nodeSelector: { a: '1' } }, { nodeSelector: { $patch: 'delete' } }, { nodeSelector: {} }],
    ['replaces a map', { nodeSelector: { a: '1' } }, { nodeSelector: { $patch: 'replace', b: '2' } }, { nodeSelector: { b: '2' } }],
  ])('%s', (_, spec, patch, expected) => expect(patchedSpec(spec, patch)).toEqual(expected));

  test('ports merge by containerPort alone', () => {
    const ports = [
      { containerPort: 80, protocol: 'TCP' },
      { containerPort: 53, protocol: 'UDP' },
    ];
    expect(patchedSpec({ containers: [{ name: 'a', ports }] }, { containers: [{ name: 'a', ports: [{ containerPort: 53, name: 'dns' }] }] })).toEqual(
      {
        containers: [{ name: 'a', ports: [ports[0], { containerPort: 53, protocol: 'UDP', name: 'dns' }] }],
      },
    );
  });

  test('lists of scalars merge as sets, and lose what a parallel list names', () => {
    const live = { metadata: { finalizers: ['a', 'b'] } };
    expect(strategic(live, { metadata: { finalizers: ['c', 'a'] } })).toEqual({ metadata: { finalizers: ['c', 'a', 'b'] } });
    expect(strategic(live, { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'] } })).toEqual({ metadata: { finalizers: ['b'] } });
  });

  test('the strategy of a Deployment keeps only retained keys', () => {
    const live = { spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } } };
    expect(strategic(live, { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } })).toEqual({
      spec: { strategy: { type: 'Recreate' } },
    });
  });

  test.each<[string, JsonObject, string]>([
    ['no merge key', { containers: [{ image: 'x' }] }, '500  map: map[image:x] does not contain declared merge key: name'],
    ['mixed items', { containers: ['x'] }, '500  list element types are not identical: [[map[name:a]] [x]]'],
    ['an unknown directive', { containers: [{ name: 'a', $patch: 'frob' }] }, '500  unknown patch type: frob in map: map[$patch:frob name:a]'],
    ['bad retainKeys', { securityContext: { $retainKeys: ['a'], b: 1 } }, '400 BadRequest invalid patch format of retainKeys'],
    [
      'an order that is not the list',
      { '$setElementOrder/containers': [{ name: 'b' }], containers: [{ name: 'a' }] },
      "500  The order in patch list:\n[map[name:a]]\n doesn't match $setElementOrder list:\n[map[name:b]]\n",
    ],
  ])('refuses %s', (_, patch, message) => {
    expect(refusal(() => patchedSpec({ containers: [{ name: 'a' }], securityContext: { runAsUser: 1 } }, patch))).toBe(message);
  });

  test('leaves its input alone', () => {
    const live = podWith(structuredClone(two));
    const before = structuredClone(live);
    strategic(live, {
      spec: {
        template: {
          spec: {
            containers: [
              { name: 'a', $patch: 'delete' },
              { name: 'b', args: null },
            ],
          },
        },
      },
    });
    expect(live).toEqual(before);
  });
});

describe('one door', () => {
  const request = (contentType: string, body: string, custom = false) => ({
    contentType,
    body,
    current: podWith({}) as never,
    definition: deployment,
    custom,
  });
  test('media types', () => {
    expect(patchTypeOf('application/merge-patch+json; charset=utf-8')).toBe(MERGE_PATCH);
    expect(refusal(() => applyPatch(request('application/json', '{}')))).toBe(
      '415 UnsupportedMediaType the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml',
    );
    expect(refusal(() => applyPatch(request(STRATEGIC_MERGE_PATCH, '{}', true)))).toBe(
      '415 UnsupportedMediaType the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
    );
  });

  test('bodies that are no patch', () => {
    expect(refusal(() => applyPatch(request(MERGE_PATCH, '[]')))).toBe(
      '400 BadRequest error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}',
    );
    expect(refusal(() => applyPatch(request(JSON_PATCH, '')))).toBe('400 BadRequest error decoding patch: unexpected end of JSON input');
    expect(refusal(() => applyPatch(request(MERGE_PATCH, '<a>')))).toBe(
      "400 BadRequest error decoding patch: invalid character '<' looking for beginning of value",
    );
  });

  const expected = { definition: deployment, apiVersion: 'apps/v1', kind: 'Deployment' };
  const decoded = (contentType: string, body: string, validation: 'Strict' | 'Warn' | 'Ignore' = 'Strict') =>
    patchAndDecode(request(contentType, body), expected, validation);

  test.each([
    ['{"spec":{"replicas":"3","paused":true}}', 'map[spec:map[paused:true replicas:3]]', 'unrecognized type: int32'],
    ['{"metadata":{"labels":{"a":1}}}', 'map[metadata:map[labels:map[a:1]]]', 'cannot convert int64 to string'],
    ['{"spec":{"template":{"spec":{"containers":"x"}}}}', 'map[spec:map[template:map[spec:map[containers:x]]]]', 'cannot restore slice from string'],
    ['{"spec":{"strategy":[]}}', 'map[spec:map[strategy:[]]]', 'cannot restore struct from: slice'],
    ['{"spec":{"strateg":{}}}', 'map[spec:map[strateg:map[]]]', 'strict decoding error: unknown field \\"spec.strateg\\"'],
  ])('a strategic result that does not decode: %s', (body, shown, detail) => {
    expect(refusal(() => decoded(STRATEGIC_MERGE_PATCH, body))).toBe(
      `422 Invalid  "" is invalid: patch: Invalid value: "${shown}": ${detail.replaceAll('\\', '')}`,
    );
  });

  test('a merge result that does not decode shows what it became', () => {
    const text = refusal(() => decoded(MERGE_PATCH, '{"spec":{"replicas":"3"}}'));
    expect(text).toMatch(
      /^422 Invalid {2}"" is invalid: patch: Invalid value: "\{.*"replicas\\":\\"3\\".*\}": .*json: cannot unmarshal string into Go struct field .*replicas of type int32$/,
    );
  });

  test('a result that decodes is an object again, and warns of what it drops', () => {
    const { object, warnings } = decoded(MERGE_PATCH, '{"spec":{"replicas":3,"nope":1}}', 'Warn');
    expect(Object.keys(object).slice(0, 3)).toEqual(['kind', 'apiVersion', 'metadata']);
    expect(object.spec).toEqual({ replicas: 3, template: { spec: {} } });
    expect(warnings).toEqual(['unknown field "spec.nope"']);
    expect(refusal(() => decoded(MERGE_PATCH, '{"kind":"Pod"}'))).toMatch(
      /^422 Invalid {2}"" is invalid: patch: Invalid value: .*: no kind "Pod" is registered for version "apps\/v1" in scheme "pkg\/api\/legacyscheme\/scheme.go:30"$/,
    );
  });
});
