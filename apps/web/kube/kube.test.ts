import { describe, expect, it } from 'vitest';
import { warningsOf } from './client.ts';
import { humanDuration } from './clock.ts';
import { resourcesOf } from './discovery.ts';
import { parseStatus } from './error.ts';
import { linesOf } from './lines.ts';
import { quantity } from './quantity.ts';
import { findResource, pathOf, wellKnown } from './resource.ts';
import { selectorText } from './selector.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('humanDuration, as kubectl prints ages', () => {
  it.each([
    [-5 * second, '0s'],
    [119 * second, '119s'],
    [2 * minute, '2m'],
    [9 * minute + 59 * second, '9m59s'],
    [10 * minute + 30 * second, '10m'],
    [179 * minute, '179m'],
    [3 * hour, '3h'],
    [3 * hour + 5 * minute, '3h5m'],
    [9 * hour, '9h'],
    [47 * hour, '47h'],
    [3 * day + 2 * hour, '3d2h'],
    [9 * day, '9d'],
    [800 * day, '2y70d'],
  ])('%i ms is %s', (ms, text) => expect(humanDuration(ms)).toBe(text));
});

describe('quantity', () => {
  it.each([
    ['100m', 0.1],
    ['2', 2],
    ['64Mi', 64 * 2 ** 20],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['1e3', 1000],
    ['5E', 5e18],
    [4, 4],
    ['lots', 0],
    [undefined, 0],
  ])('%s', (text, value) => expect(quantity(text)).toBe(value));
});

describe('paths', () => {
  it.each([
    [wellKnown.pods, undefined, undefined, '/api/v1/pods'],
    [wellKnown.pods, 'shop', 'web', '/api/v1/namespaces/shop/pods/web'],
    [wellKnown.deployments, 'shop', undefined, '/apis/apps/v1/namespaces/shop/deployments'],
    [wellKnown.nodes, 'ignored', 'n1', '/api/v1/nodes/n1'],
  ])('%o', (resource, namespace, name, path) => expect(pathOf(resource, namespace, name)).toBe(path));
  it('finds a resource by its full or its bare name', () => {
    const all = [wellKnown.pods, wellKnown.deployments];
    expect(findResource(all, 'deployments.apps')).toBe(wellKnown.deployments);
    expect(findResource(all, 'deployments')).toBe(wellKnown.deployments);
    expect(findResource(all, 'nosuch')).toBeUndefined();
  });
});

it('takes the preferred version of what can be listed', () => {
  const entry = (resource: string, kind: string, verbs: string[]) => ({
    resource,
    responseKind: { kind },
    scope: 'Namespaced' as const,
    verbs,
    singularResource: '',
  });
  const versions = [
    { version: 'v2', resources: [entry('horizontalpodautoscalers', 'HorizontalPodAutoscaler', ['list', 'watch'])] },
    { version: 'v1', resources: [entry('horizontalpodautoscalers', 'HorizontalPodAutoscaler', ['list']), entry('reviews', 'Review', ['create'])] },
  ];
  const found = resourcesOf({ items: [{ metadata: { name: 'autoscaling' }, versions }] });
  expect(found.map(({ group, version, plural, singular }) => [group, version, plural, singular])).toEqual([
    ['autoscaling', 'v2', 'horizontalpodautoscalers', 'horizontalpodautoscaler'],
  ]);
});

describe('selectorText', () => {
  it.each([
    [{ matchLabels: { app: 'web', tier: 'a' } }, 'app=web,tier=a'],
    [{ app: 'web' }, 'app=web'],
    [
      {
        matchExpressions: [
          { key: 'a', operator: 'In', values: ['x', 'y'] },
          { key: 'b', operator: 'Exists' },
          { key: 'c', operator: 'DoesNotExist' },
        ],
      },
      'a in (x,y),b,!c',
    ],
    [undefined, ''],
  ])('%j', (selector, text) => expect(selectorText(selector)).toBe(text));
});

describe('errors and warnings', () => {
  it.each([
    ['{"kind":"Status","message":"m","reason":"R","code":409}', 409, { message: 'm', reason: 'R', code: 409 }],
    ['{"error":"full"}', 429, { message: 'full', code: 429 }],
    ['<html>bad gateway</html>', 502, { message: '<html>bad gateway</html>', code: 502 }],
    ['', 500, { message: 'Oops', code: 500 }],
  ])('%s', (text, code, status) => expect(parseStatus(text, code, 'Oops')).toMatchObject(status));
  it('reads joined Warning headers with escaped quotes', () => {
    expect(warningsOf('299 - "unknown field \\"spec.foo\\"", 299 - "second, with a comma"')).toEqual([
      'unknown field "spec.foo"',
      'second, with a comma',
    ]);
    expect(warningsOf(null)).toEqual([]);
  });
});

it('cuts a stream into lines wherever its chunks end', async () => {
  const bytes = new TextEncoder().encode('{"a":"한"}\n\n{"b":2}\n{"c":3}');
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let i = 0; i < bytes.length; i += 3) controller.enqueue(bytes.slice(i, i + 3));
      controller.close();
    },
  });
  const lines: string[] = [];
  for await (const more of linesOf(body)) lines.push(...more);
  expect(lines).toEqual(['{"a":"한"}', '{"b":2}', '{"c":3}']);
});
