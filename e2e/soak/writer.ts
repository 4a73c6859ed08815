import { type Client, pause } from './client.ts';
import type { Ledger } from './ledger.ts';

/** A kind of thing whose whole meaning to a writer is one text. */
export interface Subject {
  path: string;
  make(name: string, value: string): object;
  change(value: string): object;
  read(object: never): string;
  values: readonly string[];
}

export const configMaps: Subject = {
  path: '/api/v1/namespaces/default/configmaps',
  make: (name, value) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { value } }),
  change: (value) => ({ data: { value } }),
  read: ({ data }: { data: { value: string } }) => data.value,
  values: Array.from({ length: 1000 }, (_, i) => `v${i}`),
};

export const deployments: Subject = {
  path: '/apis/apps/v1/namespaces/default/deployments',
  make: (name, value) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas: Number(value),
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'web', image: 'nginx:1.25' }] } },
    },
  }),
  change: (value) => ({
    spec: { replicas: Number(value), template: { metadata: { annotations: { asked: value } } } },
  }),
  read: ({ spec }: { spec: { replicas: number } }) => String(spec.replicas),
  values: Array.from({ length: 12 }, (_, i) => String(i)),
};

/** Makes, changes and deletes things of its own, and remembers what it was told. */
export async function writeUntil(stop: AbortSignal, client: Client, ledger: Ledger, subject: Subject, names: readonly string[]): Promise<void> {
  while (!stop.aborted) {
    const name = any(names);
    if (ledger.may(name).size > 1) await look(client, ledger, subject, name);
    else await write(client, ledger, subject, name);
    await pause(5 + Math.random() * 30);
  }
}

async function write(client: Client, ledger: Ledger, subject: Subject, name: string): Promise<void> {
  const [present] = ledger.may(name);
  const value = any(subject.values);
  const [method, path, body, after] =
    present === undefined
      ? (['POST', subject.path, subject.make(name, value), value] as const)
      : Math.random() < 0.2
        ? (['DELETE', `${subject.path}/${name}`, { propagationPolicy: 'Background' }, undefined] as const)
        : (['PATCH', `${subject.path}/${name}`, subject.change(value), value] as const);
  const answer = await client.ask(method, path, body);
  if (answer && answer.status < 300) ledger.done(name, after);
  else if (!answer || answer.status === 504) ledger.unknown(name, after);
  else if (answer.status !== 503) throw new Error(`${method} ${path}: ${answer.status} ${answer.body.message}, where ${present} was`);
}

export async function look(client: Client, ledger: Ledger, subject: Subject, name: string): Promise<void> {
  const { status, body } = await client.read(`${subject.path}/${name}`);
  if (status !== 200 && status !== 404) throw new Error(`GET ${name}: ${status} ${body.message}`);
  ledger.seen(name, status === 404 ? undefined : subject.read(body as never));
}

const any = <T>(values: readonly T[]): T => values[Math.floor(Math.random() * values.length)] as T;
