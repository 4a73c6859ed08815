'use client';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { KubeClient } from './client.ts';
import { currentSecond, subscribeToSeconds } from './clock.ts';
import { discover } from './discovery.ts';
import { statusOf } from './error.ts';
import { keyOf, type ListSpec } from './list.ts';
import { emptyList, type ListState, type Row } from './reducer.ts';
import { ClusterStore, type Connection } from './store.ts';
import type { WatchTransport } from './transport.ts';
import type { KubeObject, KubeStatus, Resource } from './types.ts';

interface Cluster {
  id: string;
  store: ClusterStore;
  resources: readonly Resource[] | undefined;
  discoveryError: KubeStatus | undefined;
  rediscover: () => void;
}
const Context = createContext<Cluster | null>(null);

export function ClusterProvider({ id, transport, children }: { id: string; transport: WatchTransport; children: ReactNode }) {
  const store = useMemo(() => new ClusterStore(id, transport), [id, transport]);
  const [resources, setResources] = useState<readonly Resource[]>();
  const [discoveryError, setError] = useState<KubeStatus>();
  const rediscover = useCallback(() => {
    discover(store.client).then(
      (found) => {
        setResources(found);
        setError(undefined);
      },
      (error: unknown) => setError(statusOf(error)),
    );
  }, [store]);
  useEffect(() => {
    rediscover();
    addEventListener('online', store.retryAll);
    return () => removeEventListener('online', store.retryAll);
  }, [rediscover, store]);
  const value = useMemo(() => ({ id, store, resources, discoveryError, rediscover }), [id, store, resources, discoveryError, rediscover]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useCluster(): Cluster {
  const value = useContext(Context);
  if (!value) throw new Error('useCluster needs a ClusterProvider above it');
  return value;
}

export function useClient(): KubeClient {
  return useCluster().store.client;
}

/** Follows a list while the component is mounted; `undefined` follows nothing. */
export function useList(spec: ListSpec | undefined): ListState {
  const { store } = useCluster();
  const key = spec ? keyOf(spec) : '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says everything about the spec
  const subscribe = useCallback((listener: () => void) => (spec ? store.subscribe(spec, listener) : () => {}), [store, key]);
  return useSyncExternalStore(
    subscribe,
    () => (spec ? store.read(spec) : emptyList),
    () => emptyList,
  );
}

export interface Followed {
  state: ListState;
  object: KubeObject | undefined;
  /** True once the server has said that there is no such object (any more). */
  gone: boolean;
}

export function useObject(resource: Resource | undefined, namespace: string | undefined, name: string): Followed {
  const state = useList(resource && { resource, namespace, fieldSelector: `metadata.name=${name}`, as: 'object' });
  const row: Row | undefined = state.rows.values().next().value;
  return { state, object: row?.object, gone: state.phase === 'live' && state.rows.size === 0 };
}

export function useObjects(spec: Omit<ListSpec, 'as'> | undefined): { state: ListState; objects: KubeObject[] } {
  const state = useList(spec && { ...spec, as: 'object' });
  const objects = useMemo(() => [...state.rows.values()].flatMap((row) => (row.object ? [row.object] : [])), [state.rows]);
  return { state, objects };
}

export function useConnection(): Connection {
  const { store } = useCluster();
  return useSyncExternalStore(store.subscribeToConnection, store.connection, () => 'connecting' as const);
}

/** The server's time, once a second. */
export function useSecond(): number {
  return useSyncExternalStore(subscribeToSeconds, currentSecond, () => 0);
}
