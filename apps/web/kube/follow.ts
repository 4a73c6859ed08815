import type { KubeClient } from './client.ts';
import { statusOf } from './error.ts';
import { frameBatcher } from './frame.ts';
import { acceptOf, type ListSpec, listPath, syncPath, watchPath } from './list.ts';
import { applyEvents, beginSync, emptyList, endSync, errorIn, fail, type ListState, lost, rowsOfList, type WatchEvent } from './reducer.ts';
import { openWatch, type WatchTransport } from './transport.ts';
import type { KubeObject, Table } from './types.ts';

const firstRetryMs = 500;
const slowestRetryMs = 15_000;
/** A list refused for these reasons will be refused again; it is retried rarely. */
const refusals = new Set([400, 401, 403, 404, 405]);

export interface Follower {
  stop: () => void;
  retry: () => void;
}

/** Keeps one list equal to the server's: sync, watch, resume after a drop, start over when the history is gone (410). */
export function follow(client: KubeClient, transport: WatchTransport, spec: ListSpec, onState: (state: ListState) => void): Follower {
  let state = emptyList;
  let pending: WatchEvent[] = [];
  let stopped = false;
  let streaming = true;
  let wake: (() => void) | undefined;
  let connection: AbortController | undefined;

  const set = (next: ListState) => {
    if (stopped || next === state) return;
    state = next;
    onState(state);
  };
  const flush = () => {
    if (pending.length === 0) return;
    const events = pending;
    pending = [];
    set(applyEvents(state, events));
  };
  const batch = frameBatcher(flush);
  const receive = (events: WatchEvent[]) => {
    const error = errorIn(events);
    if (error) throw new Expired(error.message);
    pending.push(...events);
    batch.schedule();
  };

  const watch = (path: string, onOpen: () => void = () => {}) => {
    connection = new AbortController();
    return openWatch(client, transport, { path, accept: acceptOf(spec), signal: connection.signal, onOpen, onEvents: receive });
  };
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      wake = resolve;
      setTimeout(resolve, ms);
    });
  const resumed = () => set({ ...state, phase: 'live', error: undefined });

  async function connect(): Promise<void> {
    if (state.resourceVersion !== undefined && state.phase !== 'loading') return watch(watchPath(spec, state.resourceVersion), resumed);
    set(beginSync(state));
    if (streaming) {
      try {
        return await watch(syncPath(spec));
      } catch (error) {
        const { code } = statusOf(error);
        if (code !== 400 && code !== 422) throw error;
        streaming = false;
      }
    }
    const list = rowsOfList(await client.get<Table & KubeObject>(listPath(spec), { accept: acceptOf(spec) }));
    set(endSync({ ...state, columns: list.columns, staged: new Map(list.rows.map((row) => [row.uid, row])) }, list.resourceVersion));
    return watch(watchPath(spec, list.resourceVersion ?? '0'));
  }

  async function run(): Promise<void> {
    let retryMs = firstRetryMs;
    while (!stopped) {
      let delayMs = 0;
      const startedAt = performance.now();
      try {
        await connect();
        flush();
      } catch (error) {
        if (stopped) return;
        flush();
        const status = statusOf(error);
        if (performance.now() - startedAt > slowestRetryMs) retryMs = firstRetryMs;
        if (error instanceof Expired || status.code === 410) state = { ...state, resourceVersion: undefined };
        else if (refusals.has(status.code)) set(fail(state, status));
        else set(lost(state, status));
        delayMs = refusals.has(status.code) ? slowestRetryMs : retryMs;
        retryMs = Math.min(retryMs * 2, slowestRetryMs);
      }
      connection?.abort();
      // A server that ends watches at once must not be asked in a tight loop.
      const pauseMs = Math.max(delayMs, performance.now() - startedAt < 200 ? firstRetryMs : 0);
      if (pauseMs > 0) await pause(pauseMs);
    }
  }

  void run();
  return {
    stop: () => {
      stopped = true;
      batch.cancel();
      connection?.abort();
      wake?.();
    },
    retry: () => wake?.(),
  };
}

class Expired extends Error {}
