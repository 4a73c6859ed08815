import { EPOCH, world } from '@vivakube/engine/testing';
import { expect, test } from 'vitest';
import { Log, list } from '../../testing/log.ts';
import type { Session } from './session.ts';
import { Sessions } from './sessions.ts';

function opened() {
  const log = new Log(world({ workers: 1, timing: 'instant' }).state);
  const clock = { now: () => log.now };
  const sessions = new Sessions({ store: log.store, clock, exclusive: false, background: false, onError: (error) => log.errors.push(error) });
  return { log, sessions };
}

test.each([0, 1, 2, 3, 4, 5])('who comes %i turns after a cluster began to be put away is answered all the same', async (turns) => {
  const { log, sessions } = opened();
  await sessions.get('c');
  log.now = EPOCH + 6 * 60_000;
  const swept = sessions.sweep(false);
  for (let i = 0; i < turns; i++) await undefined;
  const session = (await sessions.get('c')) as Session;
  expect(await list(session)).toMatchObject({ status: 200 });
  await swept;
  expect([session.closed, sessions.size]).toEqual([false, 1]);
});

test('where memory is short, what is watched stays and what was used a moment ago goes', async () => {
  const { log, sessions } = opened();
  const [watched, unwatched] = [(await sessions.get('a')) as Session, (await sessions.get('b')) as Session];
  const unlisten = watched.listen({ events: () => {}, lost: () => {} });
  log.now = EPOCH + 3000;
  await sessions.sweep(false);
  expect(sessions.size).toBe(2);
  await sessions.sweep(true);
  expect([watched.closed, unwatched.closed, sessions.size]).toEqual([false, true, 1]);
  unlisten();
});

test('a watch that begins when its cluster has just been deleted ends', async () => {
  const { sessions } = opened();
  const session = (await sessions.get('c')) as Session;
  await sessions.forget('c');
  await new Promise<void>((lost) => session.listen({ events: () => {}, lost }));
});
