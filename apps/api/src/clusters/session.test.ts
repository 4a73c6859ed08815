import type { ClusterStore, CommittedDelta } from '@vivakube/db';
import { type ApiAnswer, type ClusterState, Query } from '@vivakube/engine';
import { ADMIN, busyCluster, EPOCH, world } from '@vivakube/engine/testing';
import { expect, test } from 'vitest';
import { Session, StillBehind } from './session.ts';

/** What sessions need of a store, in memory. `before` runs when a commit has been asked for and not been made. */
class Log {
  readonly commits: CommittedDelta[] = [];
  before: (commit: number) => Promise<void> = async () => {};
  now = EPOCH;

  constructor(private readonly first: ClusterState) {}

  get store(): ClusterStore {
    const store: Partial<ClusterStore> = {
      head: async () => ({ seq: this.commits.length, revision: this.commits.at(-1)?.delta.revision ?? this.first.revision }) as never,
      commitsAfter: async (_id, seq, limit) => this.commits.slice(seq, seq + limit),
      commit: async (_id, baseSeq, delta) => {
        await this.before(this.commits.length);
        if (baseSeq !== this.commits.length) return 'conflict';
        this.commits.push({ seq: baseSeq + 1, delta });
        return 'committed';
      },
    };
    return store as ClusterStore;
  }

  session(background = true): Session {
    const onError = (error: unknown): void => {
      throw error;
    };
    return new Session('c', { state: this.first, seq: 0 } as never, {
      store: this.store,
      clock: { now: () => this.now },
      exclusive: false,
      background,
      onError,
    });
  }
}

const post = async (session: Session, path: string, object: object): Promise<void> => {
  const body = new TextEncoder().encode(JSON.stringify(object));
  const accept = 'application/json';
  const response = await session.submit({
    method: 'POST',
    path,
    query: new Query(''),
    accept,
    contentType: accept,
    userAgent: 'test',
    body,
    user: ADMIN,
  });
  expect((response as ApiAnswer).status).toBe(201);
};

const atRest = async (session: Session): Promise<void> => {
  while (!session.idle) await new Promise(setImmediate);
};

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

const list = (session: Session) =>
  session.submit({
    method: 'GET',
    path: '/api/v1/namespaces/default/pods',
    query: new Query(''),
    accept: 'application/json',
    contentType: '',
    userAgent: 'test',
    body: new Uint8Array(),
    user: ADMIN,
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
