import type { ApiAnswer } from '@vivakube/engine';
import { busyCluster, EPOCH, world } from '@vivakube/engine/testing';
import { expect, test } from 'vitest';
import { atRest, Log, list, post } from '../../testing/log.ts';
import { Outrun, type Session, StillBehind } from './session.ts';

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

test('work that goes on after the answer survives another writer in between', async () => {
  const log = new Log(world({ workers: 11, timing: 'instant' }).state);
  const [ours, theirs] = [log.session(), log.session()];
  let interrupted = false;
  log.before = async (commit) => {
    if (commit !== 1 || interrupted) return;
    interrupted = true;
    await post(theirs, '/api/v1/namespaces/default/configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'between' } });
  };
  await post(ours, '/apis/apps/v1/namespaces/default/deployments', deployment(1100));
  await atRest(ours);
  await atRest(theirs);
  expect(interrupted).toBe(true);
  await ours.follow();
  expect(ours.current.objects.get('apps/deployments/default/web')?.object.status?.readyReplicas).toBe(1100);
  expect(ours.current.objects.has('core/configmaps/default/between')).toBe(true);
  for (const [i, { delta }] of log.commits.entries()) if (i > 0) expect(delta.from).toBe(log.commits[i - 1]?.delta.revision);
});

const configMap = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });

/** Another process that writes something small whenever ours is about to commit that much. */
function quickWriter(log: Log, eventsMin: number): void {
  const theirs = log.session(false);
  let written = 0;
  let writing = false;
  log.before = async (_commit, events) => {
    if (events < eventsMin || writing) return;
    writing = true;
    await post(theirs, '/api/v1/namespaces/default/configmaps', configMap(`quick-${written++}`));
    writing = false;
  };
}

test('a request that sets a lot in motion is not kept waiting by another process with little to do', async () => {
  const log = new Log(world({ workers: 4, timing: 'instant' }).state);
  const ours = log.session();
  quickWriter(log, 50);
  await post(ours, '/apis/apps/v1/namespaces/default/deployments', deployment(300));
  await atRest(ours);
  expect(ours.current.objects.get('apps/deployments/default/web')?.object.status?.readyReplicas).toBe(300);
});

test('who loses to other writers all the time is told to come again', async () => {
  const log = new Log(world({ workers: 1, timing: 'instant' }).state);
  quickWriter(log, 1);
  await expect(post(log.session(false), '/api/v1/namespaces/default/configmaps', configMap('ours'))).rejects.toThrow(Outrun);
});

/** Comes again as often as it is told to, and counts. */
async function insist(session: Session, log: Log): Promise<{ refusals: number; answer: ApiAnswer }> {
  for (let refusals = 0; ; refusals++) {
    const before = { now: session.current.now, commits: log.commits.length };
    try {
      return { refusals, answer: (await list(session)) as ApiAnswer };
    } catch (error) {
      if (!(error instanceof StillBehind)) throw error;
      expect(session.current.now).toBeGreaterThan(before.now);
      expect(log.commits.length).toBeGreaterThan(before.commits);
    }
  }
}

test('a month that nobody looked is caught up with a little at a time, and each time is kept', async () => {
  const start = busyCluster({ workers: 2, pods: 4, cronJobs: 3 });
  const log = new Log(start.state);
  log.now = EPOCH + 30 * 86_400_000 + 1000;
  const session = log.session(false);
  const { refusals, answer } = await insist(session, log);
  expect(refusals).toBeGreaterThan(0);
  expect(answer.status).toBe(200);
  expect(session.current.timers.first()?.[1].due).toBeGreaterThan(log.now);
  const { refusals: again } = await insist(session, log);
  expect(again).toBe(0);
});

test('where the process lives on, so does the catching up', async () => {
  const log = new Log(busyCluster({ workers: 2, pods: 4, cronJobs: 3 }).state);
  log.now = EPOCH + 30 * 86_400_000 + 1000;
  const session = log.session();
  await expect(list(session)).rejects.toThrow(StillBehind);
  await atRest(session);
  expect(session.current.timers.first()?.[1].due).toBeGreaterThan(log.now);
});
