import { describe, expect, test } from 'vitest';
import { said } from '../../../testing/jobs.ts';
import { type World, world } from '../../../testing/world.ts';
import { parseRfc3339 } from '../../core/instant.ts';
import type { CronJob } from '../shared/objects.ts';
import { dueRun, nextLook } from './due.ts';

const MINUTE_MS = 60_000;
const FIRST = parseRfc3339('2026-01-01T00:00:00Z') as number;

const cronJob = (spec: object, command = 'date') => ({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'tick' },
  spec: {
    schedule: '* * * * *',
    jobTemplate: {
      spec: {
        template: {
          spec: {
            restartPolicy: 'Never',
            terminationGracePeriodSeconds: 1,
            containers: [{ name: 'c', image: 'busybox:1.36', command: ['sh', '-c', command] }],
          },
        },
      },
    },
    ...spec,
  },
});

function ticking(spec: object = {}, command?: string): World {
  const w = world({ timing: 'realistic', at: FIRST });
  w.apply(cronJob(spec, command));
  return w;
}

const jobs = (w: World): string[] => w.objects('batch/jobs', 'default').map((job) => job.metadata.name as string);
const number = (minute: number): number => FIRST / MINUTE_MS + minute;
const status = (w: World) => w.object('batch/cronjobs/default/tick')?.status;

test('a run has a Job that is named after its minute', () => {
  const w = ticking();
  w.advance(MINUTE_MS + 1000);
  expect(jobs(w)).toEqual([`tick-${number(1)}`]);
  expect(status(w)).toMatchObject({
    lastScheduleTime: '2026-01-01T00:01:00Z',
    active: [{ kind: 'Job', name: `tick-${number(1)}`, apiVersion: 'batch/v1' }],
  });
  expect(w.objects('batch/jobs', 'default')[0]?.metadata).toMatchObject({
    annotations: { 'batch.kubernetes.io/cronjob-scheduled-timestamp': '2026-01-01T00:01:00Z' },
    ownerReferences: [{ kind: 'CronJob', name: 'tick', controller: true, blockOwnerDeletion: true }],
  });
  w.advance(30_000);
  expect(status(w).active).toBeUndefined();
  expect(status(w).lastSuccessfulTime).toBe(w.objects('batch/jobs', 'default')[0]?.status.completionTime);
  expect(said(w, 'tick')).toEqual([
    `SuccessfulCreate: Created job tick-${number(1)}`,
    `SawCompletedJob: Saw completed job: tick-${number(1)}, condition: Complete`,
  ]);
});

test('only so many finished Jobs are kept', () => {
  const w = ticking({ successfulJobsHistoryLimit: 2 });
  w.advance(5 * MINUTE_MS + 30_000);
  expect(jobs(w)).toEqual([`tick-${number(4)}`, `tick-${number(5)}`]);
  expect(w.objects('core/pods', 'default')).toHaveLength(2);
  expect(said(w, 'tick')).toContain(`SuccessfulDelete: Deleted job tick-${number(1)}`);
});

test('failed Jobs are kept apart from successful ones', () => {
  const w = ticking({ failedJobsHistoryLimit: 1, jobTemplate: { spec: { ...cronJob({}, 'exit 1').spec.jobTemplate.spec, backoffLimit: 0 } } });
  w.advance(4 * MINUTE_MS + 30_000);
  expect(jobs(w)).toEqual([`tick-${number(4)}`]);
  expect(said(w, 'tick')).toContain(`SawCompletedJob: Saw completed job: tick-${number(3)}, condition: Failed`);
});

describe('a run that is due while another one lasts', () => {
  const lasting = 'sleep 90';
  test('starts beside it', () => {
    const w = ticking({ concurrencyPolicy: 'Allow' }, lasting);
    w.advance(2 * MINUTE_MS + 1000);
    expect(status(w).active).toHaveLength(2);
  });
  test('is passed over', () => {
    const w = ticking({ concurrencyPolicy: 'Forbid' }, lasting);
    w.advance(2 * MINUTE_MS + 1000);
    expect(jobs(w)).toEqual([`tick-${number(1)}`]);
    expect(said(w, 'tick')).toContain('JobAlreadyActive: Not starting job because prior execution is running and concurrency policy is Forbid');
  });
  test('takes its place', () => {
    const w = ticking({ concurrencyPolicy: 'Replace' }, lasting);
    w.advance(2 * MINUTE_MS + 5000);
    expect(jobs(w)).toEqual([`tick-${number(2)}`]);
    expect(status(w).active).toHaveLength(1);
  });
});

test('nothing runs while it is suspended, and one run is made up for after', () => {
  const w = ticking({ suspend: true });
  w.advance(5 * MINUTE_MS + 10_000);
  expect(jobs(w)).toEqual([]);
  w.request(
    'PATCH',
    '/apis/batch/v1/namespaces/default/cronjobs/tick',
    { spec: { suspend: false } },
    { contentType: 'application/merge-patch+json' },
  );
  expect(jobs(w)).toEqual([`tick-${number(5)}`]);
});

test('with a starting deadline, a run that is too old is no longer made up for', () => {
  const w = ticking({ suspend: true, startingDeadlineSeconds: 5 });
  w.advance(5 * MINUTE_MS + 10_000);
  w.request(
    'PATCH',
    '/apis/batch/v1/namespaces/default/cronjobs/tick',
    { spec: { suspend: false } },
    { contentType: 'application/merge-patch+json' },
  );
  expect(jobs(w)).toEqual([]);
  w.advance(MINUTE_MS);
  expect(jobs(w)).toEqual([`tick-${number(6)}`]);
});

test('a Job of it that disappears is noted', () => {
  const w = ticking({}, 'sleep 1000');
  w.advance(MINUTE_MS + 5000);
  w.request('DELETE', `/apis/batch/v1/namespaces/default/jobs/tick-${number(1)}`, { propagationPolicy: 'Background' });
  expect(status(w).active).toBeUndefined();
  expect(said(w, 'tick')).toContain(`MissingJob: Active job went missing: tick-${number(1)}`);
});

test('time zones decide when it is due and how that is told', () => {
  const w = ticking({ schedule: '30 9 * * *', timeZone: 'Asia/Tokyo' });
  w.advance(30 * MINUTE_MS + 1000);
  expect(w.objects('batch/jobs', 'default')[0]?.metadata.annotations).toEqual({
    'batch.kubernetes.io/cronjob-scheduled-timestamp': '2026-01-01T09:30:00+09:00',
  });
});

describe('runs that were missed', () => {
  const schedule = { everyMs: MINUTE_MS };
  const made = (spec: object = {}, lastScheduleTime?: string) =>
    ({ metadata: { creationTimestamp: '2026-01-01T00:00:00Z' }, spec, status: lastScheduleTime ? { lastScheduleTime } : {} }) as unknown as CronJob;
  test.each([
    [30_000, undefined, false, FIRST + MINUTE_MS],
    [MINUTE_MS, FIRST + MINUTE_MS, false, FIRST + 2 * MINUTE_MS],
    [10 * MINUTE_MS + 1, FIRST + 10 * MINUTE_MS, false, FIRST + 11 * MINUTE_MS],
    [100 * MINUTE_MS, FIRST + 100 * MINUTE_MS, false, FIRST + 101 * MINUTE_MS],
    [101 * MINUTE_MS, FIRST + 101 * MINUTE_MS, true, FIRST + 102 * MINUTE_MS],
  ])('%d ms after it was made', (ms, run, tooManyMissed, next) => {
    expect(dueRun(made(), FIRST + ms, schedule)).toEqual({ run, tooManyMissed });
    expect(nextLook(made(), FIRST + ms, schedule)).toBe(next + 100);
  });
  test('count from the last one', () => {
    expect(dueRun(made({}, '2026-01-01T01:40:00Z'), FIRST + 102 * MINUTE_MS, schedule)).toEqual({
      run: FIRST + 102 * MINUTE_MS,
      tooManyMissed: false,
    });
  });
});
