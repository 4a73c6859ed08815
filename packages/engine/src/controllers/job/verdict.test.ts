import { describe, expect, test } from 'vitest';
import type { Job, Pod } from '../shared/objects.ts';
import { judge } from './failure-policy.ts';
import { parseIntervals } from './intervals.ts';
import { failedIndexes, failureAnnotations } from './per-index.ts';
import { COMPLETION_INDEX, TRACKING_FINALIZER } from './pods.ts';
import { podsForRemoval } from './removal.ts';
import { metSuccessRule } from './success-policy.ts';

const job = (spec: object): Job =>
  ({ metadata: { name: 'j', uid: 'j' }, spec: { completions: 5, completionMode: 'Indexed', ...spec } }) as unknown as Job;

const pod = (name: string, annotations: Record<string, string> = {}, status: object = {}): Pod =>
  ({
    metadata: { name, namespace: 'default', uid: name, annotations, finalizers: [TRACKING_FINALIZER], creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: {},
    status,
  }) as unknown as Pod;

const failed = (exitCode: number, conditions: object[] = []) => ({
  phase: 'Failed',
  conditions,
  containerStatuses: [
    { name: 'main', state: { terminated: { exitCode } } },
    { name: 'side', state: { terminated: { exitCode: 1 } } },
  ],
});

describe('a failure policy', () => {
  const rule = (action: string, rest: object) => ({ rules: [{ action, ...rest }] }) as never;
  const codes = (operator: string, values: number[], containerName?: string) => ({
    onExitCodes: { operator, values, ...(containerName ? { containerName } : {}) },
  });
  test.each([
    ['FailJob', codes('In', [42]), 42, 'Container main for pod default/p failed with exit code 42 matching FailJob rule at index 0'],
    ['FailJob', codes('NotIn', [42], 'main'), 42, undefined],
    ['FailJob', codes('In', [1], 'main'), 42, undefined],
    ['FailJob', codes('In', [1]), 42, 'Container side for pod default/p failed with exit code 1 matching FailJob rule at index 0'],
    [
      'FailJob',
      { onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
      1,
      'Pod default/p has condition DisruptionTarget matching FailJob rule at index 0',
    ],
  ])('%s %j', (action, rest, exitCode, message) => {
    const status = failed(exitCode, [{ type: 'DisruptionTarget', status: 'True' }]);
    expect(judge(rule(action, rest), pod('p', {}, status)).jobFailure).toBe(message);
  });
  test.each([
    ['Ignore', false],
    ['Count', true],
    ['FailIndex', true],
  ])('%s', (action, counts) => expect(judge(rule(action, codes('In', [42])), pod('p', {}, failed(42)))).toEqual({ counts, action }));
});

test.each([
  [[{ succeededIndexes: '0-2' }], '0-2,4', 'Matched rules at index 0'],
  [[{ succeededIndexes: '0-2' }], '0,2', undefined],
  [[{ succeededIndexes: '0-2', succeededCount: 2 }], '0,2', 'Matched rules at index 0'],
  [[{ succeededIndexes: '4' }, { succeededCount: 2 }], '0,1', 'Matched rules at index 1'],
  [[{ succeededCount: 1 }], '', undefined],
])('a success policy %j with %s done', (rules, done, message) => {
  expect(metSuccessRule(job({ successPolicy: { rules } }), parseIntervals(done, 5))).toBe(message);
});

test('an index fails when it has used up its own limit', () => {
  const of = job({ backoffLimitPerIndex: 2 });
  const tried = (index: number, failures: number): Pod =>
    pod(`p${index}`, { [COMPLETION_INDEX]: String(index), 'batch.kubernetes.io/job-index-failure-count': String(failures) }, { phase: 'Failed' });
  expect(failedIndexes(of, [tried(0, 1), tried(1, 2), tried(9, 2)])).toEqual([{ first: 1, last: 1 }]);
  expect(failureAnnotations(of, tried(0, 1))).toEqual({ 'batch.kubernetes.io/job-index-failure-count': '2' });
  expect(failureAnnotations(of, undefined)).toEqual({ 'batch.kubernetes.io/job-index-failure-count': '0' });
});

test('of two pods of an index the better one stays, and those without a valid one go', () => {
  const at = (name: string, index: string, phase: string): Pod => pod(name, { [COMPLETION_INDEX]: index }, { phase });
  const pods = [at('a', '0', 'Running'), at('b', '0', 'Pending'), at('c', '7', 'Running'), pod('d'), at('e', '1', 'Running')];
  expect(
    podsForRemoval(job({}), pods, 0, 0)
      .map(({ metadata }) => metadata.name)
      .sort(),
  ).toEqual(['b', 'c', 'd']);
  expect(podsForRemoval(job({}), pods, 4, 0)).toHaveLength(4);
});
