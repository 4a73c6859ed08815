import { describe, expect, test } from 'vitest';
import type { Claim, Pod, StatefulSet } from '../shared/objects.ts';
import { ownersOf } from './claims.ts';
import { REVISION_LABEL } from './identity.ts';
import { maxUnavailable, podsToUpdate } from './update.ts';

const NOW = 1_767_225_600_000;

/** `o` old and ready, `O` old and not ready, `n` new and ready, `N` new and not ready, `t` old and terminating. */
const pods = (shape: string): Pod[] =>
  [...shape].map(
    (kind, i) =>
      ({
        metadata: {
          name: `web-${i}`,
          uid: `p${i}`,
          labels: { [REVISION_LABEL]: kind.toLowerCase() === 'n' ? 'new' : 'old' },
          ...(kind === 't' ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}),
        },
        status: { phase: 'Running', conditions: [{ type: 'Ready', status: kind === 'O' || kind === 'N' ? 'False' : 'True' }] },
      }) as unknown as Pod,
  );

const set = (spec: object, replicas = 4): StatefulSet =>
  ({ metadata: { name: 'web', uid: 's' }, spec: { replicas, ...spec } }) as unknown as StatefulSet;
const rolling = (rollingUpdate: object, spec: object = {}) => set({ updateStrategy: { type: 'RollingUpdate', rollingUpdate }, ...spec });
const parallel = { podManagementPolicy: 'Parallel' };

test.each([
  ['one at a time, highest first', rolling({}), 'oooo', [3]],
  ['nothing left to do', rolling({}), 'nnnn', []],
  ['nothing while one is unavailable', rolling({}), 'oooN', []],
  ['nothing while one goes', rolling({}), 'ooot', []],
  ['down to the partition', rolling({ partition: 2 }), 'oonn', []],
  ['above the partition', rolling({ partition: 2 }), 'ooon', [2]],
  ['two at once', rolling({ maxUnavailable: 2 }), 'oooo', [3, 2]],
  ['a share of them, rounded down', rolling({ maxUnavailable: '60%' }), 'oooo', [3, 2]],
  ['as many as are not missing already', rolling({ maxUnavailable: 2 }), 'oooN', [2]],
  ['in parallel: one at a time as well, whatever those below do', rolling({}, parallel), 'oOOo', [3]],
  ['in parallel: the broken one at the top', rolling({}, parallel), 'oooO', [3]],
  ['in parallel: not before those above are there', rolling({}, parallel), 'oOtn', []],
  ['in parallel: what is of no use goes at once', rolling({ maxUnavailable: 1 }, parallel), 'oOOo', [2, 1]],
  ['in parallel: others only within the budget', rolling({ maxUnavailable: 2 }, parallel), 'oOoo', [1, 3]],
  ['never on their own', set({ updateStrategy: { type: 'OnDelete' } }), 'oooo', []],
])('updates %s', (_name, of, shape, ordinals) => {
  expect(podsToUpdate(of, pods(shape), 'new', NOW).map(({ metadata }) => metadata.name)).toEqual(ordinals.map((ordinal) => `web-${ordinal}`));
});

test.each([
  [undefined, 1],
  [3, 3],
  ['10%', 1],
  ['50%', 2],
])('maxUnavailable %s of 4 is %d', (value, count) => expect(maxUnavailable(rolling({ maxUnavailable: value }))).toBe(count));

describe('who owns a claim', () => {
  const policy = (whenDeleted: string, whenScaled: string) => set({ persistentVolumeClaimRetentionPolicy: { whenDeleted, whenScaled } }, 1);
  const claim = (ownerReferences: object[] = []): Claim => ({ metadata: { name: 'www-web-0', ownerReferences } }) as unknown as Claim;
  const [kept, condemned] = pods('oo') as [Pod, Pod];
  const kinds = (of: StatefulSet, pod: Pod, before?: object[]) => ownersOf(of, pod, claim(before))?.map(({ kind }) => kind);

  test.each([
    ['Retain', 'Retain', [], []],
    ['Delete', 'Retain', ['StatefulSet'], ['StatefulSet']],
    ['Retain', 'Delete', [], ['Pod']],
    ['Delete', 'Delete', ['StatefulSet'], ['Pod']],
  ])('whenDeleted %s, whenScaled %s', (whenDeleted, whenScaled, staying, going) => {
    expect(kinds(policy(whenDeleted, whenScaled), kept)).toEqual(staying);
    expect(kinds(policy(whenDeleted, whenScaled), condemned)).toEqual(going);
  });

  test('what others hold is left to them', () => {
    const other = { apiVersion: 'v1', kind: 'Backup', name: 'b', uid: 'b', controller: true };
    expect(kinds(policy('Delete', 'Delete'), kept, [other])).toEqual(['Backup']);
  });

  test('a reference to one of the same name that is no more is not touched', () => {
    expect(kinds(policy('Retain', 'Retain'), kept, [{ kind: 'StatefulSet', name: 'web', uid: 'earlier', controller: true }])).toBeUndefined();
  });
});
