import type { DeploymentStatus } from '@vivakube/schema/types/apps.v1';
import { expect, test } from 'vitest';
import { toRfc3339 } from '../../core/instant.ts';
import { condition, conditionOf } from './conditions.ts';
import { deployment, replicaSet } from './fixtures.ts';
import { progressCheckAt, rolloutConditions } from './progress.ts';
import { deploymentStatus } from './status.ts';

const THEN = 1_800_000_000_000;
const SPEC = { progressDeadlineSeconds: 600 };

/** The Progressing condition after a round, `True ReplicaSetUpdated ...`. */
function judged(reason: string, before: DeploymentStatus, available: number, elapsedMs: number, spec: object = SPEC) {
  const known = condition('Progressing', 'True', reason, 'before', THEN);
  const d = deployment(spec, { ...before, conditions: [known] });
  const sets = { current: replicaSet('rs', { size: 3, available }), old: [] };
  const figures = deploymentStatus(d, sets, THEN + elapsedMs);
  const conditions = rolloutConditions(d, figures, sets, THEN + elapsedMs);
  const found = conditionOf(conditions, 'Progressing');
  return { text: found && `${found.status} ${found.reason} ${found.message}`, found, d, status: { ...figures, conditions: [...conditions] } };
}

const three = { replicas: 3, updatedReplicas: 3, readyReplicas: 1, availableReplicas: 1 };

test.each<[string, string, DeploymentStatus, number, number, string]>([
  ['complete', 'ReplicaSetUpdated', three, 3, 1000, 'True NewReplicaSetAvailable ReplicaSet "rs" has successfully progressed.'],
  ['moving', 'ReplicaSetUpdated', three, 2, 1000, 'True ReplicaSetUpdated ReplicaSet "rs" is progressing.'],
  ['standing still', 'ReplicaSetUpdated', three, 1, 600_000, 'True ReplicaSetUpdated before'],
  ['stuck', 'ReplicaSetUpdated', three, 1, 601_000, 'False ProgressDeadlineExceeded ReplicaSet "rs" has timed out progressing.'],
  ['losing a pod after it was complete', 'NewReplicaSetAvailable', three, 1, 900_000, 'True NewReplicaSetAvailable before'],
])('%s', (_name, reason, before, available, elapsedMs, text) => expect(judged(reason, before, available, elapsedMs).text).toBe(text));

test('progress renews the time of update, not of transition', () => {
  const { found } = judged('ReplicaSetUpdated', three, 2, 5000);
  expect(found).toMatchObject({ lastUpdateTime: toRfc3339(THEN + 5000), lastTransitionTime: toRfc3339(THEN) });
});

test('without a deadline nothing is said', () => {
  expect(judged('ReplicaSetUpdated', three, 1, 1000, { progressDeadlineSeconds: 2 ** 31 - 1 }).text).toBeUndefined();
});

test('a rollout is looked at again after its deadline, unless it is over', () => {
  const stuck = judged('ReplicaSetUpdated', three, 1, 1000);
  expect(progressCheckAt(stuck.d, stuck.status)).toBe(THEN + 601_000);
  const complete = judged('ReplicaSetUpdated', three, 3, 1000);
  expect(progressCheckAt(complete.d, complete.status)).toBeUndefined();
});

test('a failure of a set is one of the Deployment', () => {
  const set = replicaSet('rs', { size: 3, available: 0 });
  const failed = {
    ...set,
    status: { ...set.status, replicas: 0, conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'quota' }] },
  };
  const d = deployment(SPEC);
  const sets = { current: failed, old: [] };
  const conditions = rolloutConditions(d, deploymentStatus(d, sets, THEN), sets, THEN);
  expect(conditionOf(conditions, 'ReplicaFailure')).toMatchObject({ status: 'True', reason: 'FailedCreate', message: 'quota' });
});
