import { Unavailable } from '@vivakube/db';
import type { ApiRequest, ApiResponse, ClusterEvent, ClusterState } from '@vivakube/engine';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Listener, type Session, StillBehind } from '../clusters/session.ts';
import { Follows } from './follow.ts';

const ABOUT = 'core/pods/default/p';

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

/** A session that answers with the next of some responses, and remembers when it was asked. */
function fake(responses: (ApiResponse | Error)[]) {
  const asked: [at: number, resume: string | undefined][] = [];
  const listeners = new Set<Listener>();
  const session = {
    submit: async (request: ApiRequest) => {
      asked.push([Date.now(), request.resume]);
      const response = responses.shift();
      if (response instanceof Error) throw response;
      return response as ApiResponse;
    },
    listen: (listener: Listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  } as unknown as Session;
  const announce = (key: string): void => {
    for (const listener of listeners) listener.events([{ key } as ClusterEvent], {} as ClusterState);
  };
  return { session, asked, listeners, announce };
}

const part = (text: string, wakeAt?: number): ApiResponse & { type: 'text' } => ({
  type: 'text',
  contentType: 'text/plain',
  text,
  more: { resume: `after ${text}`, about: ABOUT, ...(wakeAt === undefined ? {} : { wakeAt }) },
});
const last = (body: string): ApiResponse => ({ type: 'answer', status: 200, headers: [], body });

function following(responses: (ApiResponse | Error)[], first: ReturnType<typeof part>) {
  const seen: string[] = [];
  const made = fake(responses);
  const follows = new Follows({ now: () => Date.now() }, (error) => seen.push(`error ${error}`));
  const finish = follows.follow(made.session, {} as ApiRequest, first, {
    write: (text) => seen.push(text),
    backlogBytes: () => 0,
    close: () => seen.push('closed'),
  });
  return { ...made, seen, follows, finish };
}

it('sleeps until the next line is due, and ends with the last piece', async () => {
  const { seen, asked, follows, listeners } = following([part('b', 9000), last('c')], part('a', 5000));
  await vi.advanceTimersByTimeAsync(4999);
  expect([seen, asked]).toEqual([['a'], []]);
  await vi.advanceTimersByTimeAsync(5000);
  expect(seen).toEqual(['a', 'b', 'c', 'closed']);
  expect(asked).toEqual([
    [5000, 'after a'],
    [9000, 'after b'],
  ]);
  expect([follows.count, listeners.size]).toEqual([0, 0]);
});

it('wakes when its subject changes, and for nothing else', async () => {
  const { seen, asked, announce } = following([last('')], part('a'));
  await vi.advanceTimersByTimeAsync(1000);
  announce('core/pods/default/other');
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toEqual([]);
  announce(ABOUT);
  await vi.advanceTimersByTimeAsync(0);
  expect([asked, seen]).toEqual([[[2000, 'after a']], ['a', '', 'closed']]);
});

it('reads a program that never stops talking a few times a second', async () => {
  const { asked } = following([part('b', 1), part('c', 2), last('')], part('a', 0));
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked.map(([at]) => at)).toEqual([100, 200, 300]);
});

it('is ended by its reader, and by a process that stops', async () => {
  const one = following([], part('a', 5000));
  await vi.advanceTimersByTimeAsync(10);
  one.finish();
  const two = following([], part('a', 5000));
  await vi.advanceTimersByTimeAsync(10);
  two.follows.endAll();
  await vi.advanceTimersByTimeAsync(10_000);
  for (const { seen, asked, listeners } of [one, two]) expect([seen, asked, listeners.size]).toEqual([['a', 'closed'], [], 0]);
});

it('waits for a cluster or a database that cannot answer for now', async () => {
  const { seen, asked } = following([new StillBehind('c'), new Unavailable('away'), last('b')], part('a', 5000));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(seen).toEqual(['a', 'b', 'closed']);
  expect(asked.map(([at]) => at)).toEqual([5000, 6000, 7000]);
});

it('ends where the rest can no longer be had', async () => {
  const gone: ApiResponse = { type: 'answer', status: 404, headers: [], body: '{}' };
  const { seen } = following([gone], part('a', 100));
  await vi.advanceTimersByTimeAsync(1000);
  expect(seen).toEqual(['a', 'closed']);
});
