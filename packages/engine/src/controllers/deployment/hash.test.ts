import { expect, test } from 'vitest';
import type { PodTemplate } from '../shared/objects.ts';
import { POD_TEMPLATE_HASH, sameTemplate, templateHash } from './hash.ts';

const template = (image: string, labels: Record<string, string> = { app: 'x' }): PodTemplate =>
  ({ metadata: { labels }, spec: { containers: [{ name: 'c', image }] } }) as PodTemplate;

test('looks like upstream’s', () => {
  for (const image of ['a', 'b', 'c', 'd']) expect(templateHash(template(image))).toMatch(/^[4-9bcdf]{6,10}$/);
});

test('tells templates apart, not ways to write one', () => {
  expect(templateHash(template('a'))).not.toBe(templateHash(template('b')));
  const reordered = {
    spec: { containers: [{ image: 'a', name: 'c' }], volumes: [] },
    metadata: { labels: { app: 'x' }, annotations: {} },
  } as unknown as PodTemplate;
  expect(templateHash(reordered)).toBe(templateHash(template('a')));
});

test('a collision gives another hash', () => {
  expect(new Set([0, 1, 2].map((count) => templateHash(template('a'), count))).size).toBe(3);
});

test.each([
  ['the same', template('a'), template('a'), true],
  ['the same but for the hash', template('a', { app: 'x', [POD_TEMPLATE_HASH]: 'h' }), template('a'), true],
  ['another image', template('a'), template('b'), false],
  ['another label', template('a', { app: 'y' }), template('a'), false],
  ['a label called __proto__', template('a', JSON.parse('{"app":"x","__proto__":"y"}')), template('a'), false],
])('sameTemplate: %s', (_name, a, b, same) => expect(sameTemplate(a, b)).toBe(same));
