import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { KubeObject } from '../core/object.ts';
import { emptyState } from '../core/state.ts';
import { Txn } from '../core/txn.ts';
import { occurrences } from './occurrences.ts';

const event = (name: string, reason: string): KubeObject => ({
  kind: 'Event',
  apiVersion: 'v1',
  metadata: { name, namespace: 'default' },
  involvedObject: { uid: 'u' },
  reason,
  source: {},
});

const steps = fc.array(fc.record({ name: fc.constantFrom('a', 'b', 'c'), reason: fc.option(fc.constantFrom('X', 'Y')) }), { maxLength: 30 });

test('which Events tell of what is known as well from the changes as from a look at all of them', () => {
  fc.assert(
    fc.property(steps, (script) => {
      const txn = new Txn(emptyState('s', 0, { timing: 'instant' }), () => []);
      const followed = txn.project(occurrences);
      for (const { name, reason } of script) {
        const key = `core/events/default/${name}`;
        if (reason !== null) txn.put(key, event(name, reason));
        else if (txn.stored(key)) txn.remove(key);
      }
      expect(new Map([...followed].sort())).toEqual(new Map([...occurrences.build(txn)].sort()));
    }),
  );
});
