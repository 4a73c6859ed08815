import { KubeClient } from './client.ts';
import { Follower } from './follow.ts';
import { keyOf, type ListSpec } from './list.ts';
import { emptyList, type ListState } from './reducer.ts';
import type { WatchTransport } from './transport.ts';

interface Entry {
  state: ListState;
  listeners: Set<() => void>;
  follower: Follower;
  closing?: ReturnType<typeof setTimeout>;
}

export type Connection = 'idle' | 'connecting' | 'live' | 'reconnecting';

/** A list nobody shows keeps following for a moment, so that going back is instant. */
const lingerMs = 4_000;

/** Every list of one cluster that is on screen, each followed by exactly one watch. */
export class ClusterStore {
  readonly client: KubeClient;
  readonly #entries = new Map<string, Entry>();
  readonly #connectionListeners = new Set<() => void>();
  #connection: Connection = 'idle';

  constructor(
    clusterId: string,
    readonly transport: WatchTransport,
  ) {
    this.client = new KubeClient(clusterId);
  }

  subscribe(spec: ListSpec, listener: () => void): () => void {
    const key = keyOf(spec);
    const entry = this.#entries.get(key) ?? this.#open(key, spec);
    clearTimeout(entry.closing);
    entry.listeners.add(listener);
    return () => {
      entry.listeners.delete(listener);
      if (entry.listeners.size === 0) entry.closing = setTimeout(() => this.#close(key), lingerMs);
    };
  }

  read(spec: ListSpec): ListState {
    return this.#entries.get(keyOf(spec))?.state ?? emptyList;
  }

  retryAll = (): void => {
    for (const entry of this.#entries.values()) entry.follower.retry();
  };

  subscribeToConnection = (listener: () => void): (() => void) => {
    this.#connectionListeners.add(listener);
    return () => this.#connectionListeners.delete(listener);
  };

  connection = (): Connection => this.#connection;

  #open(key: string, spec: ListSpec): Entry {
    const entry: Entry = {
      state: emptyList,
      listeners: new Set(),
      follower: new Follower(this.client, this.transport, spec, (state) => {
        entry.state = state;
        for (const listener of entry.listeners) listener();
        this.#noteConnection();
      }),
    };
    this.#entries.set(key, entry);
    return entry;
  }

  #close(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry || entry.listeners.size > 0) return;
    entry.follower.stop();
    this.#entries.delete(key);
    this.#noteConnection();
  }

  #noteConnection(): void {
    const phases = [...this.#entries.values()].map((entry) => entry.state.phase);
    const next: Connection = phases.includes('reconnecting')
      ? 'reconnecting'
      : phases.includes('live')
        ? 'live'
        : phases.includes('loading')
          ? 'connecting'
          : 'idle';
    if (next === this.#connection) return;
    this.#connection = next;
    for (const listener of this.#connectionListeners) listener();
  }
}
