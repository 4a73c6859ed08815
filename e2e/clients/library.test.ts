import { AppsV1Api, CoreV1Api, KubeConfig, makeInformer, PatchStrategy, setHeaderOptions, type V1ConfigMap } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Server, scratch } from '../harness.ts';

describe('the JavaScript client library', () => {
  const { dir, remove } = scratch();
  const config = new KubeConfig();
  let server: Server;

  beforeAll(async () => {
    server = await Server.start({ dataDir: `${dir}/data` });
    config.loadFromFile(await server.sandbox(dir, { timing: 'instant' }));
  });
  afterAll(async () => {
    await server.stop();
    remove();
  });

  test('creates, applies and reads typed objects', async () => {
    const apps = config.makeApiClient(AppsV1Api);
    const body = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx:1.25' }] } },
      },
    };
    const header = setHeaderOptions('Content-Type', PatchStrategy.ServerSideApply);
    await apps.patchNamespacedDeployment({ name: 'web', namespace: 'default', body, fieldManager: 'library', force: true }, header);
    const read = await apps.readNamespacedDeployment({ name: 'web', namespace: 'default' });
    expect(read.status?.readyReplicas).toBe(2);
    expect(read.metadata?.creationTimestamp).toBeInstanceOf(Date);
  });

  test('follows a collection with an informer', async () => {
    const core = config.makeApiClient(CoreV1Api);
    const informer = makeInformer<V1ConfigMap>(config, '/api/v1/namespaces/default/configmaps', () =>
      core.listNamespacedConfigMap({ namespace: 'default' }),
    );
    const seen: string[] = [];
    const complete = new Promise<void>((resolve) => {
      for (const verb of ['add', 'update', 'delete'] as const) {
        informer.on(verb, (object) => {
          if (!object.metadata?.name?.startsWith('mine')) return;
          seen.push(`${verb} ${object.metadata.name} ${object.data?.k}`);
          if (verb === 'delete') resolve();
        });
      }
    });
    await informer.start();
    const metadata = { name: 'mine' };
    await core.createNamespacedConfigMap({ namespace: 'default', body: { metadata, data: { k: '1' } } });
    await core.replaceNamespacedConfigMap({ namespace: 'default', name: 'mine', body: { metadata, data: { k: '2' } } });
    await core.deleteNamespacedConfigMap({ namespace: 'default', name: 'mine' });
    await complete;
    await informer.stop();
    expect(seen).toEqual(['add mine 1', 'update mine 2', 'delete mine 2']);
  });

  test('an informer that loses its server misses nothing and hears nothing twice', async () => {
    const core = config.makeApiClient(CoreV1Api);
    const namespace = 'default';
    const informer = makeInformer<V1ConfigMap>(config, `/api/v1/namespaces/${namespace}/configmaps`, () =>
      core.listNamespacedConfigMap({ namespace }),
    );
    const seen: string[] = [];
    for (const verb of ['add', 'update', 'delete'] as const) {
      informer.on(verb, ({ metadata, data }) => {
        if (metadata?.name?.startsWith('lasting')) seen.push(`${verb} ${metadata.name} ${data?.k}`);
      });
    }
    const until = async (entry: string): Promise<void> => {
      while (!seen.includes(entry)) await new Promise((resolve) => setTimeout(resolve, 50));
    };
    const create = (name: string) => core.createNamespacedConfigMap({ namespace, body: { metadata: { name }, data: { k: '1' } } });
    informer.on('error', () => setTimeout(() => void informer.start(), 200));
    await informer.start();
    await create('lasting-a');
    await until('add lasting-a 1');
    await server.restart();
    await core.replaceNamespacedConfigMap({ name: 'lasting-a', namespace, body: { metadata: { name: 'lasting-a' }, data: { k: '2' } } });
    await create('lasting-b');
    await core.deleteNamespacedConfigMap({ name: 'lasting-b', namespace });
    await until('update lasting-a 2');
    await create('lasting-c');
    await until('add lasting-c 1');
    await informer.stop();
    expect(seen.filter((entry) => !entry.includes('lasting-b'))).toEqual(['add lasting-a 1', 'update lasting-a 2', 'add lasting-c 1']);
  });

  test('is told what is wrong in the words of the server', async () => {
    const core = config.makeApiClient(CoreV1Api);
    const wrong = core.createNamespacedConfigMap({ namespace: 'default', body: { metadata: { name: 'Not_A_Name' } } });
    await expect(wrong).rejects.toMatchObject({ code: 422 });
  });
});
