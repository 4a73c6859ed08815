import type { KubeClient } from './client.ts';
import { statusOf } from './error.ts';
import { frameBatcher } from './frame.ts';
import { acceptOf, type ListSpec, listPath, watchPath } from './list.ts';
import { applyEvents, emptyList, errorIn, fail, type ListState, listed, lost, replaceAll, type WatchEvent } from './reducer.ts';
import { openWatch, type WatchTransport } from './transport.ts';
import type { KubeObject, Table } from './types.ts';

const firstRetryMs = 500;
const slowestRetryMs = 5_000;
const refusedRetryMs = 15_000;
/** A list refused for these reasons will be refused again; it is retried rarely. */
const refusals = new Set([400, 401, 403, 404, 405]);

class Expired extends Error {}

/** Keeps one list equal to the server's: list, watch, resume after a drop, start over when the history is gone (410). */
export class Follower {
  #state = emptyList;
  #pending: WatchEvent[] = [];
  #retryMs = firstRetryMs;
  #wake: (() => void) | undefined;
  #stopped = false;
  #connection = new AbortController();
  readonly #batch = frameBatcher(() => this.#flush());

  constructor(
    readonly client: KubeClient,
    readonly transport: WatchTransport,
    readonly spec: ListSpec,
    readonly onState: (state: ListState) => void,
  ) {
    void this.#run();
  }

  stop(): void {
    this.#stopped = true;
    this.#batch.cancel();
    this.#connection.abort();
    this.#wake?.();
  }

  /** Ends the pause before the next attempt, if there is one. */
  retry(): void {
    this.#wake?.();
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const startedAt = performance.now();
      let delayMs = 0;
      try {
        await this.#connect();
        this.#flush();
      } catch (error) {
        if (this.#stopped) return;
        this.#flush();
        if (performance.now() - startedAt > slowestRetryMs) this.#retryMs = firstRetryMs;
        delayMs = this.#noteFailure(error);
      }
      this.#connection.abort();
      // A server that ends watches at once must not be asked in a tight loop.
      await this.#pause(Math.max(delayMs, performance.now() - startedAt < 200 ? firstRetryMs : 0));
    }
  }

  /** Resumes where the last watch ended, or takes the whole list and watches from there. */
  async #connect(): Promise<void> {
    this.#connection = new AbortController();
    const { resourceVersion } = this.#state;
    if (resourceVersion !== undefined) return this.#watch(resourceVersion, () => this.#set({ ...this.#state, phase: 'live', error: undefined }));
    const { signal } = this.#connection;
    const list = listed(await this.client.get<Table & KubeObject>(listPath(this.spec), { accept: acceptOf(this.spec), signal }));
    this.#retryMs = firstRetryMs;
    this.#set(replaceAll(this.#state, list));
    return this.#watch(list.resourceVersion ?? '0', () => {});
  }

  #watch(resourceVersion: string, onOpen: () => void): Promise<void> {
    const { signal } = this.#connection;
    const path = watchPath(this.spec, resourceVersion);
    return openWatch(this.client, this.transport, { path, accept: acceptOf(this.spec), signal, onOpen, onEvents: (events) => this.#receive(events) });
  }

  #receive(events: WatchEvent[]): void {
    const error = errorIn(events);
    if (error) throw new Expired(error.message);
    this.#pending.push(...events);
    this.#batch.schedule();
  }

  #flush(): void {
    if (this.#pending.length === 0) return;
    const events = this.#pending;
    this.#pending = [];
    this.#set(applyEvents(this.#state, events));
  }

  /** Records why the list stopped following; returns how long to wait. */
  #noteFailure(error: unknown): number {
    const status = statusOf(error);
    const delayMs = this.#retryMs;
    this.#retryMs = Math.min(this.#retryMs * 2, slowestRetryMs);
    if (error instanceof Expired || status.code === 410) {
      this.#state = { ...this.#state, resourceVersion: undefined };
      return 0;
    }
    const refused = refusals.has(status.code);
    this.#set(refused ? fail(this.#state, status) : lost(this.#state, status));
    return refused ? refusedRetryMs : delayMs;
  }

  #set(next: ListState): void {
    if (this.#stopped || next === this.#state) return;
    this.#state = next;
    this.onState(next);
  }

  async #pause(ms: number): Promise<void> {
    if (ms === 0) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      setTimeout(resolve, ms);
    });
  }
}
