import type { ClusterEvent } from '@vivakube/engine';
import { world } from '@vivakube/engine/testing';
import { expect, test } from 'vitest';
import { Log, post } from '../../testing/log.ts';
import { Past } from './past.ts';
import { Recent } from './recent.ts';

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';

/** A log of so many commits, one event each, and what a process holds of it that begins now. */
async function begun(commits: number) {
  const log = new Log(world({ workers: 1, timing: 'instant' }).state);
  const session = log.session();
  const first = session.revision;
  for (let i = 0; i < commits; i++) await post(session, CONFIG_MAPS, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `c${i}` } });
  const recent = new Recent(session.revision);
  log.statements = 0;
  return { log, session, first, recent, past: new Past(log.store, 'c', recent) };
}

const revisions = (events: readonly ClusterEvent[] | 'compacted'): number[] | 'compacted' =>
  typeof events === 'string' ? events : events.map(({ revision }) => revision);
const from = (first: number, last: number): number[] => Array.from({ length: last - first }, (_, i) => first + i + 1);

test('watches that come back together are told what each has missed, by one read of the log', async () => {
  const { log, session, first, past } = await begun(6);
  const told = await Promise.all([4, 0, 2, 5].map((after) => past.after(first + after)));
  expect(told.map(revisions)).toEqual([4, 0, 2, 5].map((after) => from(first + after, session.revision)));
  const { statements } = log;
  expect(statements).toBe(3);
  expect(revisions(await past.after(first + 1))).toEqual(from(first + 1, session.revision));
  expect(log.statements).toBe(statements);
});

test('what was read for others is read again where it ends before the recent events begin', async () => {
  const { session, first, recent, past } = await begun(3);
  await past.after(first);
  await post(session, CONFIG_MAPS, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'unseen' } });
  recent.restart(session.revision);
  expect(revisions(await past.after(first + 1))).toEqual(from(first + 1, session.revision));
});

test('only those are told that their past is gone whose past it is', async () => {
  const { log, session, first, past } = await begun(5);
  log.floor = 3;
  const told = await Promise.all([1, 3, 4].map((after) => past.after(first + after)));
  expect(told.map(revisions)).toEqual(['compacted', from(first + 3, session.revision), from(first + 4, session.revision)]);
});

test('who is too far behind is told so without anybody reading all that', async () => {
  const { log, session, first, recent, past } = await begun(2);
  recent.restart(session.revision + 20_000);
  expect(await past.after(first)).toBe('compacted');
  expect(log.statements).toBe(0);
});
