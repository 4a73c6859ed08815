import { Unavailable } from '@vivakube/db';
import type { ClusterEvent } from '@vivakube/engine';
import { world } from '@vivakube/engine/testing';
import { expect, test } from 'vitest';
import { atRest, create, Log, list, post } from '../../testing/log.ts';
import type { Session } from './session.ts';

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';
const configMap = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
const deployment = (replicas: number) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx:1.25' }] } },
  },
});

const fresh = (workers = 3): Log => new Log(world({ workers, timing: 'instant' }).state);

function watching(session: Session): { names: string[]; lost: number; stop: () => void } {
  const seen = { names: [] as string[], lost: 0, stop: () => {} };
  const note = ({ key }: ClusterEvent): void => void (key.startsWith('core/configmaps/default/') && seen.names.push(key.split('/')[3] as string));
  seen.stop = session.listen({ events: (events) => events.forEach(note), lost: () => seen.lost++ });
  return seen;
}

test('a commit that was made although its answer got lost is there afterwards, and watchers are told of it', async () => {
  const log = fresh();
  const session = log.session();
  const seen = watching(session);
  log.after = async () => {
    log.after = async () => {};
    throw new Unavailable('the connection was lost', true);
  };
  await expect(post(session, CONFIG_MAPS, configMap('one'))).rejects.toThrow(Unavailable);
  expect(await create(session, CONFIG_MAPS, configMap('one'))).toBe(409);
  await post(session, CONFIG_MAPS, configMap('two'));
  expect(seen).toMatchObject({ names: ['one', 'two'], lost: 0 });
  seen.stop();
});

test('while the database is away everybody is told so; when it is back everybody is served', async () => {
  const log = fresh();
  const session = log.session();
  log.away = true;
  for (const ask of [() => list(session), () => post(session, CONFIG_MAPS, configMap('one'))]) await expect(ask()).rejects.toThrow(Unavailable);
  log.away = false;
  await post(session, CONFIG_MAPS, configMap('one'));
});

test('what happens by itself is tried again, now and then, and done when the database is back', async () => {
  const log = fresh(4);
  const session = log.session();
  log.after = async () => {
    log.after = async () => {};
    log.away = true;
  };
  await post(session, '/apis/apps/v1/namespaces/default/deployments', deployment(400));
  expect(session.current.queue.length).toBeGreaterThan(0);
  await expect.poll(() => log.errors.length).toBeGreaterThan(0);
  const { statements } = log;
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(log.statements - statements).toBeLessThan(10);
  log.away = false;
  const ready = () => session.current.objects.get('apps/deployments/default/web')?.object.status?.readyReplicas;
  await expect.poll(ready, { timeout: 10_000 }).toBe(400);
  await atRest(session);
});

test('watchers whose past is gone are told so', async () => {
  const log = fresh();
  const [ours, theirs] = [log.session(), log.session()];
  const seen = watching(ours);
  await post(theirs, CONFIG_MAPS, configMap('one'));
  await ours.tick();
  expect(seen).toMatchObject({ names: ['one'], lost: 0 });
  await post(theirs, CONFIG_MAPS, configMap('two'));
  log.floor = log.commits.length;
  await ours.tick();
  expect(seen).toMatchObject({ names: ['one'], lost: 1 });
  ours.close();
  expect(seen.lost).toBe(2);
});
