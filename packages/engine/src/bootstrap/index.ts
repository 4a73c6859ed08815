import { SERVER_WITHOUT_NODE } from '../kinds/shared/api-server.ts';
import { classObjects } from './classes.ts';
import { configMapObjects } from './config-maps.ts';
import { flowControlObjects } from './flow-control.ts';
import type { Bootstrapped } from './object.ts';
import { rbacObjects } from './rbac/objects.ts';
import { serviceAccountObjects } from './service-accounts.ts';
import { serviceObjects } from './services.ts';

/** What the API server and the controller manager of a fresh cluster write before anybody asks. */
export const bootstrapObjects = (caCertificate: string, now: number, serverAddresses: readonly string[] = []): Bootstrapped[] => [
  ...rbacObjects(),
  ...flowControlObjects(now),
  ...classObjects(),
  ...configMapObjects(caCertificate, now),
  ...serviceAccountObjects(),
  ...serviceObjects(serverAddresses.length > 0 ? serverAddresses : [SERVER_WITHOUT_NODE]),
];
