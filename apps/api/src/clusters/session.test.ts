import type { ClusterStore, CommittedDelta } from '@vivakube/db';
import { type ApiAnswer, type ClusterState, Query } from '@vivakube/engine';
import { ADMIN, EPOCH, world } from '@vivakube/engine/testing';
import { expect, test } from 'vitest';
import { Session } from './session.ts';

/** What sessions need of a store, in memory. `before` runs when a commit has been asked for and not been made. */
class Log {
  readonly commits: CommittedDelta[] = [];
  before: (commit: number) => Promise<void> = async () => {};

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

  session(): Session {
    const onError = (error: unknown): void => {
      throw error;
    };
    return new Session('c', { state: this.first, seq: 0 } as never, {
      store: this.store,
      clock: { now: () => EPOCH },
      exclusive: false,
      background: true,
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
