import { Agent, get } from 'node:http';
import { connect, createServer, type Socket } from 'node:net';
import type { Figure } from '@vivakube/db/bench';
import { middle } from './time.ts';

const WATCHERS = 1000;
const ROUNDS = 7;
const EVENT_BYTES = 5000;

/** One event to a thousand watchers, beside a thousand bare sockets that get the same bytes. */
export async function benchWatches(serverUrl: string): Promise<Figure[]> {
  const floorMs = await bareSockets();
  const oursMs = await watchers(serverUrl);
  return [
    { what: `one event to ${WATCHERS} bare sockets: last delivered (floor)`, value: floorMs, unit: 'ms' },
    { what: `one event to ${WATCHERS} watchers: last delivered, counted from the write's request`, value: oursMs, unit: 'ms' },
    { what: 'fan-out, times the floor', value: oursMs / floorMs, unit: 'x', goal: { at: 'most', value: 2 } },
  ];
}

async function bareSockets(): Promise<number> {
  const open: Socket[] = [];
  let accepted = (): void => {};
  const allAccepted = new Promise<void>((resolve) => {
    accepted = resolve;
  });
  const server = createServer((socket) => {
    if (open.push(socket) === WATCHERS) accepted();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const waiting = new Countdown();
  const clients = await Promise.all(
    Array.from(
      { length: WATCHERS },
      () =>
        new Promise<Socket>((resolve) => {
          const socket = connect(port, '127.0.0.1', () => resolve(socket));
          let bytes = 0;
          socket.on('data', (data) => {
            bytes += data.length;
            if (bytes >= EVENT_BYTES) {
              bytes -= EVENT_BYTES;
              waiting.one();
            }
          });
        }),
    ),
  );
  await allAccepted;
  const line = Buffer.alloc(EVENT_BYTES, 'x');
  const taken: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const start = performance.now();
    const all = waiting.of(WATCHERS);
    for (const socket of open) socket.write(line);
    await all;
    taken.push(performance.now() - start);
  }
  for (const socket of clients) socket.destroy();
  server.close();
  return middle(taken);
}

class Countdown {
  private left = 0;
  private done = (): void => {};
  of(count: number): Promise<void> {
    this.left = count;
    return new Promise((resolve) => {
      this.done = resolve;
    });
  }
  one(): void {
    if (--this.left === 0) this.done();
  }
}

async function watchers(serverUrl: string): Promise<number> {
  const made = await fetch(`${serverUrl}/api/sandboxes`, { method: 'POST' }).then(
    (r) => r.json() as Promise<{ kubeconfig: string; cluster: { id: string } }>,
  );
  const headers = { authorization: `Bearer ${/token: (\S+)/.exec(made.kubeconfig)?.[1]}` };
  const base = `${serverUrl}/clusters/${made.cluster.id}/api/v1/namespaces/default/configmaps`;
  const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY });
  const waiting = new Countdown();
  const closers: (() => void)[] = [];
  for (let i = 0; i < WATCHERS; i++) {
    await new Promise<void>((resolve, reject) => {
      const request = get(`${base}?watch=true&fieldSelector=`, { headers, agent }, (response) => {
        response.on('data', (data: Buffer) => {
          if (data.includes('"bench"')) waiting.one();
        });
        resolve();
      });
      request.on('error', reject);
      closers.push(() => request.destroy());
    });
  }
  const taken: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const all = waiting.of(WATCHERS);
    const body = JSON.stringify({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { generateName: 'bench-', labels: { which: 'bench' } },
      data: { filler: 'x'.repeat(EVENT_BYTES - 700) },
    });
    const start = performance.now();
    const response = await fetch(base, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body });
    if (response.status !== 201) throw new Error(await response.text());
    await all;
    taken.push(performance.now() - start);
  }
  for (const close of closers) close();
  agent.destroy();
  return middle(taken);
}
