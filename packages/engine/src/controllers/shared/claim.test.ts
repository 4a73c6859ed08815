import { expect, test } from 'vitest';
import { type Claim, claimOf } from './claim.ts';
import type { Pod } from './objects.ts';

const pod = (labels: Record<string, string>, ownerUid?: string, deletionTimestamp?: string): Pod =>
  ({
    metadata: {
      labels,
      ...(ownerUid ? { ownerReferences: [{ uid: ownerUid, controller: true }] } : {}),
      ...(deletionTimestamp ? { deletionTimestamp } : {}),
    },
  }) as unknown as Pod;

const LIVING = { metadata: { uid: 'me' } } as unknown as Pod;
const DYING = { metadata: { uid: 'me', deletionTimestamp: '2026-01-01T00:00:00Z' } } as unknown as Pod;
const match = { app: 'x' };
const other = { app: 'y' };

test.each<[string, Pod, Pod, Claim]>([
  ['mine and selected', LIVING, pod(match, 'me'), 'keep'],
  ['mine and selected while I go', DYING, pod(match, 'me'), 'keep'],
  ['mine, no longer selected', LIVING, pod(other, 'me'), 'release'],
  ['mine, no longer selected, while I go', DYING, pod(other, 'me'), 'ignore'],
  ["another's", LIVING, pod(match, 'you'), 'ignore'],
  ['an orphan that is selected', LIVING, pod(match), 'adopt'],
  ['an orphan while I go', DYING, pod(match), 'ignore'],
  ['an orphan that goes itself', LIVING, pod(match, undefined, '2026-01-01T00:00:00Z'), 'ignore'],
  ['an orphan that is not selected', LIVING, pod(other), 'ignore'],
])('%s', (_name, owner, object, claim) => expect(claimOf(owner, { matchLabels: match }, object)).toBe(claim));
