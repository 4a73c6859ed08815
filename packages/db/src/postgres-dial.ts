import { connect, type NetConnectOpts, type Socket } from 'node:net';
import type postgres from 'postgres';

type Settings = postgres.ParsedOptions<Record<string, unknown>> & { path?: string | false };

const failed = (code: string, what: string): Error => Object.assign(new Error(what), { code });

/**
 * How the driver gets its sockets. Left to itself it dials again and again, without a pause, where something takes connections and ends
 * them at once, as a proxy does whose database is away; here the second time is an error, and whoever asked hears of it.
 */
export function dialler(timeoutMs: number): (settings: Settings) => Promise<Socket> {
  let rejected = false;
  return async ({ host, port, path }) => {
    if (rejected) throw failed('CONNECTION_CLOSED', 'the connection was ended before it began');
    const to: NetConnectOpts = path ? { path } : { host: host[0] as string, port: port[0] as number };
    const socket = await dial(to, timeoutMs);
    socket.once('close', () => {
      if (socket.bytesRead === 0) rejected = true;
    });
    // Where TLS follows, the certificate is compared with this name.
    return Object.assign(socket, { host: host[0] });
  };
}

function dial(to: NetConnectOpts, timeoutMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(to);
    const settle = (): void => {
      clearTimeout(limit);
      socket.off('error', fail);
    };
    const fail = (error: Error): void => {
      settle();
      socket.destroy();
      reject(error);
    };
    const limit = setTimeout(() => fail(failed('CONNECT_TIMEOUT', `no connection within ${timeoutMs} ms`)), timeoutMs);
    socket.once('error', fail);
    socket.once('connect', () => {
      settle();
      resolve(socket);
    });
  });
}
