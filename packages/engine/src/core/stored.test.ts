import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { KubeObject } from './object.ts';
import { Stored } from './stored.ts';

const object = (spec: unknown, status: unknown): KubeObject =>
  ({ kind: 'Pod', apiVersion: 'v1', metadata: { name: 'a' }, spec, status }) as KubeObject;

test('the text of a changed object is what JSON.stringify gives, whatever it shares with the version before', () => {
  fc.assert(
    fc.property(fc.json(), fc.json(), fc.json(), (spec, status, later) => {
      const first = object(JSON.parse(spec), JSON.parse(status));
      const second = { ...first, status: JSON.parse(later) };
      const third = { ...second, metadata: { ...second.metadata, labels: { a: 'b' } }, extra: undefined } as unknown as KubeObject;
      expect(Stored.ofObject(second, 2, first).json).toBe(JSON.stringify(second));
      expect(Stored.ofObject(third, 3, second).json).toBe(JSON.stringify(third));
      const bound = { ...third, spec: { ...third.spec, nodeName: 'n', ['__proto__']: 1 } } as unknown as KubeObject;
      expect(Stored.ofObject(bound, 4, third).json).toBe(JSON.stringify(bound));
      expect(Stored.ofObject({ ...bound }, 5, bound).json).toBe(JSON.stringify(bound));
    }),
  );
});
