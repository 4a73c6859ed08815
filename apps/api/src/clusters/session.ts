import type { AtHand, ClusterStore, LoadedCluster } from '@vivakube/db';
import {
  type ApiRequest,
  type ApiResponse,
  applyDelta,
  type ClusterDelta,
  type ClusterEvent,
  type ClusterState,
  engine,
  indexer,
  joinDeltas,
  step,
} from '@vivakube/engine';
import type { Clock } from '../clock.ts';
import { historicState } from './history.ts';
import { Past } from './past.ts';
import { Recent } from './recent.ts';

/** How a session behaves in its host. */
export interface SessionOptions {
  store: ClusterStore;
  clock: Clock;
  /** Nobody else writes to this database, so that a warm state is always the newest. */
  exclusive: boolean;
  /** Whether work may go on after a request was answered (a long-lived process) or not (a function). */
  background: boolean;
  onError: (error: unknown) => void;
}

export class ClusterGone extends Error {}
/** The cluster has so much past to catch up with that the request must come again; what was caught up is kept. */
export class StillBehind extends Error {}
/** Others wrote again and again while this was being worked out; nothing of it was done. */
export class Outrun extends StillBehind {}

export interface Listener {
  /** Told of every committed event, in order. */
  events(events: readonly ClusterEvent[], state: ClusterState): void;
  /** Told that events have passed which nobody can tell any more, or that there will be none. */
  lost(): void;
}

interface Waiting {
  request: ApiRequest | undefined;
  resolve: (response: ApiResponse | undefined) => void;
  reject: (error: unknown) => void;
}

/** How long one request may spend on catching up before it is told to come again, and how long others wait for work that nobody waits for. */
const CATCH_UP_MS_MAX = 250;
const CATCH_UP_SLICE_MS = 50;
/** For how long after a request catching up goes on by itself: whoever was told to come again does so within it. */
const CATCH_UP_AFTER_MS = 15_000;
/** How far behind the present an answer may be when there is simply a lot to do at this very instant. */
const LAG_MS_MAX = 5000;
const CONFLICTS_MAX = 50;
/** Whoever loses to other writers does less at a time, down to nothing but what was asked: a short step wins against long and short ones. */
const RECONCILES_AFTER_CONFLICTS = [undefined, 100, 10, 1];
/** Steps that may be worked out while others are packed and written. */
const STEPS_AHEAD_MAX = 2;
/** After a failure, what happens by itself is tried again this much later. */
const RETRY_MS = 250;

/** One cluster in this process: a warm state behind a mailbox. Requests that wait together are committed together. */
export class Session {
  private readonly mailbox: Waiting[] = [];
  private readonly listeners = new Set<Listener>();
  private running = false;
  /** Whether the past has not all happened yet, as the latest request found. */
  private behind = false;
  /** Whether a commit got no answer, so that the state may not be the newest. */
  private doubtful = false;
  private failing = false;
  /** Nothing more is answered here; the cluster may go on elsewhere. */
  closed = false;
  private alarm: NodeJS.Timeout | undefined;
  private state: ClusterState;
  private seq: number;
  readonly recent: Recent;
  readonly past: Past;
  usedAt: number;

  constructor(
    readonly id: string,
    loaded: LoadedCluster,
    private readonly options: SessionOptions,
  ) {
    this.state = loaded.state;
    this.seq = loaded.seq;
    this.recent = new Recent(loaded.state.revision);
    this.past = new Past(options.store, id, this.recent);
    this.usedAt = options.clock.now();
  }

  get revision(): number {
    return this.state.revision;
  }
  get current(): ClusterState {
    return this.state;
  }
  get position(): number {
    return this.seq;
  }
  get watched(): boolean {
    return this.listeners.size > 0;
  }
  get idle(): boolean {
    return !this.running && this.mailbox.length === 0 && this.listeners.size === 0;
  }

  /** Whoever has it will use it: not to be put away now. */
  touch(): this {
    this.usedAt = this.options.clock.now();
    return this;
  }

  /** Answers a request after everything due before it has happened and its effects are durable. */
  submit(request: ApiRequest): Promise<ApiResponse> {
    this.touch();
    return this.enqueue(request) as Promise<ApiResponse>;
  }

  /** Lets everything that is due happen. */
  async tick(): Promise<void> {
    await this.enqueue(undefined);
  }

  private enqueue(request: ApiRequest | undefined): Promise<ApiResponse | undefined> {
    if (this.closed) return Promise.reject(new ClusterGone(this.id));
    return new Promise((resolve, reject) => {
      this.mailbox.push({ request, resolve, reject });
      if (!this.running) void this.run();
    });
  }

  listen(listener: Listener): () => void {
    if (this.closed) setImmediate(() => listener.lost());
    this.listeners.add(listener);
    this.armAlarm();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.disarm();
    };
  }

  close(): void {
    this.closed = true;
    this.disarm();
    this.tellLost();
    this.listeners.clear();
  }

  private tellLost(): void {
    for (const listener of [...this.listeners]) listener.lost();
  }

  private async run(): Promise<void> {
    this.running = true;
    try {
      // One turn of the event loop lets requests that arrived together be taken together.
      await new Promise(setImmediate);
      do {
        while (this.mailbox.length > 0) await this.serve(this.mailbox.splice(0));
        if (this.options.background) {
          await this.finishLeftovers();
          await this.goOnCatchingUp();
        }
      } while (this.mailbox.length > 0 || (this.options.background && this.state.queue.length > 0));
    } catch (error) {
      this.failing = true;
      this.options.onError(error);
    } finally {
      this.running = false;
    }
    if (this.mailbox.length > 0) void this.run();
    else this.armAlarm();
  }

  private async serve(batch: Waiting[]): Promise<void> {
    try {
      await this.refresh();
      await this.attempt(batch);
      this.failing = false;
    } catch (error) {
      this.failing = true;
      for (const waiting of batch) waiting.reject(error);
    }
  }

  /** Another process may have written since; a warm state proves its freshness before it answers anything. */
  private async refresh(): Promise<void> {
    if (this.options.exclusive && !this.doubtful) return;
    const head = await this.options.store.head(this.id);
    if (!head) throw new ClusterGone(this.id);
    if (head.seq > this.seq) await this.follow();
    this.doubtful = false;
  }

  /** Applies what other processes committed. */
  async follow(): Promise<void> {
    for (;;) {
      const commits = await this.options.store.commitsAfter(this.id, this.seq, 100);
      if (commits === 'gone') throw new ClusterGone(this.id);
      if (!Array.isArray(commits)) return this.reload();
      for (const { seq, delta } of commits) {
        this.adopt(seq, delta, applyDelta(this.state, delta, indexer));
        // Lets watchers take what they were told: nobody is slow who was told a hundred commits at once.
        if (this.watched) await new Promise(setImmediate);
      }
      if (commits.length < 100) return;
    }
  }

  private async reload(): Promise<void> {
    const loaded = await this.options.store.load(this.id);
    if (!loaded) throw new ClusterGone(this.id);
    this.state = loaded.state;
    this.seq = loaded.seq;
    this.recent.restart(loaded.state.revision);
    this.tellLost();
  }

  private adopt(seq: number, delta: ClusterDelta, state: ClusterState): void {
    // Events from the log do not carry what they replaced; the state before them does, event by event.
    const seen = new Map<string, ClusterEvent['stored']>();
    const events = delta.events.map((event): ClusterEvent => {
      const previous = event.previous ?? seen.get(event.key) ?? this.state.objects.get(event.key);
      seen.set(event.key, event.stored);
      return previous && event.type !== 'ADDED' ? { ...event, previous } : event;
    });
    this.state = state;
    this.seq = seq;
    this.announce(events);
  }

  private announce(events: readonly ClusterEvent[]): void {
    if (events.length === 0) return;
    this.recent.add(events);
    for (const listener of this.listeners) listener.events(events, this.state);
  }

  private async attempt(batch: Waiting[]): Promise<void> {
    for (let conflicts = 0; conflicts <= CONFLICTS_MAX; conflicts++) {
      const outcome = await this.once(batch, RECONCILES_AFTER_CONFLICTS[Math.min(conflicts, RECONCILES_AFTER_CONFLICTS.length - 1)]);
      if (outcome !== 'conflict') return;
      await this.follow();
    }
    throw new Outrun(`cluster ${this.id}: ${CONFLICTS_MAX} commits in a row lost to other writers`);
  }

  /** Steps every request of the batch, commits once, and only then answers. */
  private async once(batch: Waiting[], reconcilesMax?: number): Promise<'done' | 'conflict'> {
    const deltas: ClusterDelta[] = [];
    const settled: (() => void)[] = [];
    let state = this.state;
    let wakeAt: number | undefined;
    const advance = (result: ReturnType<typeof step>): void => {
      state = result.state;
      wakeAt = result.wakeAt;
      if (result.delta) deltas.push(result.delta);
    };
    const spentBefore = performance.now() + (batch.some(({ request }) => request) ? CATCH_UP_MS_MAX : CATCH_UP_SLICE_MS);
    let behind = false;
    for (const { request, resolve, reject } of batch) {
      if (behind) {
        settled.push(() => reject(new StillBehind(this.id)));
        continue;
      }
      try {
        const past = request && (await historicState(this.options.store, this.id, request, state, this.recent));
        if (past) {
          const response = step(engine, past.state, { at: past.state.now, request, lagging: true }).response;
          settled.push(() => resolve(response));
          continue;
        }
        for (;;) {
          const at = Math.max(this.options.clock.now(), state.now);
          const lagging = state.queue.length > 0 && at - state.now < LAG_MS_MAX;
          // Where the request is all that has to be done, it is all that is done.
          const limit = reconcilesMax === undefined ? {} : { reconcilesMax: request && lagging ? 0 : reconcilesMax };
          const result = step(engine, state, { at, ...(request ? { request } : {}), lagging, ...limit });
          advance(result);
          if (result.response || (!request && (result.caughtUp || reconcilesMax))) {
            settled.push(() => resolve(result.response));
            break;
          }
          if (performance.now() > spentBefore) {
            behind = true;
            settled.push(() => reject(new StillBehind(this.id)));
            break;
          }
        }
      } catch (error) {
        settled.push(() => reject(error));
      }
    }
    const delta = joinDeltas(deltas);
    if (delta) {
      const outcome = await this.commit(delta, state, wakeAt);
      if (outcome === 'conflict') return 'conflict';
    } else {
      this.state = state;
    }
    this.behind = behind;
    for (const settle of settled) settle();
    return 'done';
  }

  private async commit(
    delta: ClusterDelta,
    state: ClusterState,
    wakeAt: number | undefined,
    body?: Promise<Uint8Array>,
  ): Promise<'done' | 'conflict'> {
    // A wake-up is worth storing only if somebody would notice: an open watch, or work that is left over.
    const noticed = this.watched || state.queue.length > 0 ? (wakeAt ?? null) : null;
    const outcome = await this.write(delta, noticed, body ? { state, body } : { state });
    if (outcome === 'gone') throw new ClusterGone(this.id);
    if (outcome === 'conflict') return 'conflict';
    this.state = state;
    this.seq += 1;
    this.announce(delta.events);
    return 'done';
  }

  /** A commit that failed half way may have been made: what is in memory is no longer known to be the newest. */
  private async write(delta: ClusterDelta, wakeAt: number | null, atHand: AtHand): Promise<'committed' | 'conflict' | 'gone'> {
    try {
      return await this.options.store.commit(this.id, this.seq, delta, wakeAt, atHand);
    } catch (error) {
      this.doubtful = true;
      throw error;
    }
  }

  /**
   * Work of the present instant that did not fit into the step that caused it. While some steps are packed and written, the next is worked
   * out; they are thrown away if a write fails or is lost to another writer.
   */
  private async finishLeftovers(): Promise<void> {
    const writing: Promise<'done' | 'conflict'>[] = [];
    let last: Promise<'done' | 'conflict'> = Promise.resolve('done');
    let ahead = this.state;
    while (ahead.queue.length > 0 && this.mailbox.length === 0) {
      // Lets requests, and what the database answered, come in.
      await new Promise(setImmediate);
      const { delta, state, wakeAt } = step(engine, ahead, { at: ahead.now });
      if (!delta) throw new Error(`cluster ${this.id}: work is left over that does not get done`);
      if (writing.length >= STEPS_AHEAD_MAX && (await writing.shift()) === 'conflict') break;
      const body = this.options.store.pack(delta);
      last = last.then((outcome) => (outcome === 'conflict' ? outcome : this.commit(delta, state, wakeAt, body)));
      // A failure is met where the outcome is awaited; until then it is nobody's.
      last.catch(() => {});
      body.catch(() => {});
      writing.push(last);
      ahead = state;
    }
    if ((await last) === 'conflict') await this.follow();
  }

  /** Between a request that was told to come again and the next one, slice by slice; a function has no such time. */
  private async goOnCatchingUp(): Promise<void> {
    const until = performance.now() + CATCH_UP_AFTER_MS;
    const reject = (error: unknown): void => {
      if (!(error instanceof StillBehind)) this.options.onError(error);
    };
    while (this.behind && this.mailbox.length === 0 && performance.now() < until) {
      await new Promise(setImmediate);
      await this.attempt([{ request: undefined, resolve: () => {}, reject }]);
    }
  }

  private disarm(): void {
    if (this.alarm) clearTimeout(this.alarm);
    this.alarm = undefined;
  }

  /** While somebody watches, what happens by itself happens on time; and work that could not be finished is tried again. */
  private armAlarm(): void {
    this.disarm();
    const leftOver = this.options.background && this.state.queue.length > 0;
    if ((this.listeners.size === 0 && !leftOver) || this.running || this.closed) return;
    const due = leftOver ? this.state.now : this.state.timers.first()?.[1].due;
    if (due === undefined) return;
    const delayMs = Math.min(Math.max(this.failing ? RETRY_MS : 0, due - this.options.clock.now()), 0x7fffffff);
    this.alarm = setTimeout(() => this.tick().catch(this.options.onError), delayMs);
  }
}
