import type { KubeClient } from './client.ts';
import { KubeError } from './error.ts';
import { linesOf } from './lines.ts';
import type { WatchEvent } from './reducer.ts';

export type WatchTransport = 'fetch' | 'websocket';

export interface Watch {
  path: string;
  accept: string;
  signal: AbortSignal;
  onOpen: () => void;
  onEvents: (events: WatchEvent[]) => void;
}

/**
 * Watches one path until the server ends it. Over HTTP/1.1 a browser allows six connections per origin, so the server may
 * offer watches as WebSockets, as kube-apiserver does (Models apiserver/pkg/endpoints/handlers/watch.go HandleWS).
 */
export function openWatch(client: KubeClient, transport: WatchTransport, watch: Watch): Promise<void> {
  return transport === 'websocket' ? bySocket(client, watch) : byFetch(client, watch);
}

async function byFetch(client: KubeClient, { path, accept, signal, onOpen, onEvents }: Watch): Promise<void> {
  const response = await client.fetch(path, { accept, signal });
  onOpen();
  if (!response.body) return;
  for await (const lines of linesOf(response.body)) onEvents(lines.map((line) => JSON.parse(line) as WatchEvent));
}

function bySocket(client: KubeClient, { path, accept, signal, onOpen, onEvents }: Watch): Promise<void> {
  // A browser cannot set Accept on a WebSocket; the server reads it from this query field.
  const url = new URL(`${client.base}${path}&accept=${encodeURIComponent(accept)}`, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    const close = () => socket.close();
    let opened = false;
    let failure: unknown;
    signal.addEventListener('abort', close, { once: true });
    socket.onopen = () => {
      opened = true;
      onOpen();
    };
    socket.onmessage = (message: MessageEvent<string>) => {
      try {
        onEvents([JSON.parse(message.data) as WatchEvent]);
      } catch (error) {
        failure = error;
        socket.close();
      }
    };
    socket.onclose = (event) => {
      signal.removeEventListener('abort', close);
      if (failure) reject(failure);
      else if (signal.aborted || (opened && event.wasClean)) resolve();
      else if (opened) reject(new Error('connection lost'));
      // A browser hides why a WebSocket was refused. Listing again tells, or gives a version that can be watched.
      else reject(new KubeError({ kind: 'Status', code: 410, reason: 'Expired', message: 'the watch was refused' }));
    };
  });
}
