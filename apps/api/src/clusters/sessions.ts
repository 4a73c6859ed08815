import { getHeapStatistics } from 'node:v8';
import type { ClusterStore } from '@vivakube/db';
import { ClusterGone, Session, type SessionOptions } from './session.ts';

const IDLE_MS = 5 * 60_000;
/** A request that has its session has used it by then. */
const IDLE_SHORT_MS = 2000;
const MEMORY_SHARE_MAX = 0.5;
const POLL_MS = 100;
const SWEEP_MS = 5000;
/** Long enough for the answer to be on its way, far less than a client needs to come back. */
const WARM_AFTER_MS = 2;

function isMemoryShort(): boolean {
  const { used_heap_size, heap_size_limit } = getHeapStatistics();
  return used_heap_size > heap_size_limit * MEMORY_SHARE_MAX;
}

/** The warm clusters of this process. */
export class Sessions {
  private readonly open = new Map<string, Promise<Session | undefined>>();
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(private readonly options: SessionOptions) {
    if (!options.background) return;
    this.every(SWEEP_MS, () => this.sweep());
    // One poller for all watched clusters of the process: other processes' commits are seen within its period.
    if (!options.exclusive) this.every(POLL_MS, () => this.poll());
  }

  get store(): ClusterStore {
    return this.options.store;
  }

  get size(): number {
    return this.open.size;
  }

  /** The session of a cluster; undefined where there is no such cluster. */
  get(id: string): Promise<Session | undefined> {
    const known = this.open.get(id);
    // Whoever asked while it was being put away gets another.
    if (known) return known.then((session) => (session?.closed ? this.get(id) : session?.touch()));
    const opening = this.options.store.load(id).then((loaded) => {
      if (!loaded) this.open.delete(id);
      return loaded && new Session(id, loaded, this.options);
    });
    opening.catch(() => this.open.delete(id));
    this.open.set(id, opening);
    return opening;
  }

  /** Loads a cluster that somebody is about to ask for, where the process lives long enough for that to help. */
  warm(id: string): void {
    if (this.options.background) setTimeout(() => this.get(id).catch(this.options.onError), WARM_AFTER_MS).unref();
  }

  async forget(id: string): Promise<void> {
    const session = await this.open.get(id);
    session?.close();
    this.open.delete(id);
  }

  private every(ms: number, work: () => Promise<void>): void {
    let busy = false;
    const timer = setInterval(() => {
      if (busy) return;
      busy = true;
      work()
        .catch(this.options.onError)
        .finally(() => {
          busy = false;
        });
    }, ms);
    timer.unref();
    this.timers.push(timer);
  }

  /** Puts away what nobody uses; where memory is short, at once. */
  async sweep(short = isMemoryShort()): Promise<void> {
    const before = this.options.clock.now() - (short ? IDLE_SHORT_MS : IDLE_MS);
    for (const [id, opening] of this.open) {
      const session = await opening.catch(() => undefined);
      if (!session?.idle || session.usedAt > before) continue;
      // Between the look and the end nobody else may come.
      if (this.open.get(id) === opening) this.open.delete(id);
      session.close();
    }
  }

  private async poll(): Promise<void> {
    const watched: Session[] = [];
    for (const opening of this.open.values()) {
      const session = await opening;
      if (session?.watched) watched.push(session);
    }
    if (watched.length === 0) return;
    const heads = await this.options.store.heads(watched.map((session) => session.id));
    for (const session of watched) {
      const head = heads.get(session.id);
      if (!head) await this.forget(session.id);
    }
    const behind = watched.filter((session) => (heads.get(session.id)?.seq ?? 0) > session.position);
    await Promise.all(behind.map((session) => session.tick().catch(this.options.onError)));
  }

  /** Lets what is due in other clusters happen; returns how many were looked at and whether there may be more. */
  async tickDue(limit: number): Promise<{ ticked: number; more: boolean }> {
    const due = await this.options.store.due(this.options.clock.now(), limit);
    for (const { id } of due) {
      const session = await this.get(id);
      await session?.tick().catch((error) => {
        if (!(error instanceof ClusterGone)) this.options.onError(error);
      });
    }
    return { ticked: due.length, more: due.length === limit };
  }

  async close(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    for (const id of [...this.open.keys()]) await this.forget(id);
  }
}
