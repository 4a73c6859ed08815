import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { createApp } from './app.ts';
import type { Handler } from './dashboard.ts';
import { acceptUpgrades } from './kube/upgrade.ts';
import type { Platform } from './platform.ts';
import { makeServerCertificate } from './tls/ca.ts';

/** Clients may show a certificate; which cluster's authority has to have signed it is known when the cluster is. */
const CLIENT_CERTIFICATES = { requestCert: true, rejectUnauthorized: false };

/** What this process answers itself; everything else is the dashboard's. */
const OURS = /^\/(api|clusters|healthz|livez|readyz|metrics)(\/|\?|$)/;

export interface Listening {
  port: number;
  kubePort: number;
  close(): Promise<void>;
}

/** Opens both ports. A port that is taken is one clear error. */
export async function listen(platform: Platform, dashboard: Handler | undefined): Promise<Listening> {
  const { config } = platform;
  const app = getRequestListener(createApp(platform).fetch);
  const plain = createServer(withDashboard(app, dashboard));
  const hosts = [...new Set([config.publicHost, 'localhost', '127.0.0.1', '::1'])];
  const { certificate, key } = await makeServerCertificate(platform.authority, hosts, platform.clock.now());
  const secure = createTlsServer({ cert: certificate, key, ALPNProtocols: ['http/1.1'], ...CLIENT_CERTIFICATES }, app);
  for (const server of [plain, secure] as Server[]) {
    // Watches are long; Node must not end them for being so.
    server.timeout = 0;
    server.requestTimeout = 0;
    server.keepAliveTimeout = 75_000;
    acceptUpgrades(server, platform);
  }
  // Two servers on one port number would be a mistake of the configuration, found when the second one opens.
  await open(plain, config.port, config.host, 'PORT');
  try {
    await open(secure as unknown as Server, config.kubePort, config.host, 'KUBE_PORT');
  } catch (error) {
    plain.close();
    throw error;
  }
  const port = (plain.address() as AddressInfo).port;
  const kubePort = (secure.address() as AddressInfo).port;
  config.port = port;
  config.kubePort = kubePort;
  return { port, kubePort, close: () => closeAll([plain, secure as unknown as Server]) };
}

function withDashboard(app: RequestListener, dashboard: Handler | undefined): RequestListener {
  return (request: IncomingMessage, response) => {
    if (OURS.test(request.url ?? '/') || !dashboard) return void app(request, response);
    return void dashboard(request, response);
  };
}

function open(server: Server, port: number, host: string, variable: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new Error(`port ${port} is taken: stop what listens there or set ${variable}`) : error);
    });
    server.listen(port, host, () => resolve());
  });
}

async function closeAll(servers: Server[]): Promise<void> {
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeIdleConnections();
          setTimeout(() => server.closeAllConnections(), 1000).unref();
        }),
    ),
  );
}
