import { describe, expect, it } from 'vitest';
import { cells, changed, changeRefusals, defaulted, refusals } from '../../../testing/verdict.ts';
import { cronJob } from './cronjobs/kind.ts';
import { parseSchedule } from './cronjobs/schedule.ts';
import { indexesProblem, parseIndexes } from './jobs/indexes.ts';
import { job } from './jobs/kind.ts';

const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox' }] } };
const one = { metadata: { name: 'pi', namespace: 'default', uid: 'u-1' }, spec: { template } };
const context = {} as never;

describe('jobs', () => {
  it('select the pods they label', () => {
    const made = defaulted(job, one);
    job.prepareForCreate?.(made, context);
    expect(made.spec.selector).toEqual({ matchLabels: { 'batch.kubernetes.io/controller-uid': 'u-1' } });
    expect(made.spec.template.metadata.labels).toEqual({
      'controller-uid': 'u-1',
      'batch.kubernetes.io/controller-uid': 'u-1',
      'job-name': 'pi',
      'batch.kubernetes.io/job-name': 'pi',
    });
    expect(made.spec).toMatchObject({
      parallelism: 1,
      completions: 1,
      backoffLimit: 6,
      completionMode: 'NonIndexed',
      podReplacementPolicy: 'TerminatingOrFailed',
    });
    expect(refusals(job, one, context)).toEqual([]);
  });

  it.each([
    ['spec.template.spec.restartPolicy', undefined, ['spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"']],
    ['spec.completionMode', 'Indexed', ['spec.completions: Required value: when completion mode is Indexed']],
    [
      'spec.maxFailedIndexes',
      1,
      [
        'spec.backoffLimitPerIndex: Required value: when maxFailedIndexes is specified',
        'spec.maxFailedIndexes: Invalid value: 1: requires indexed completion mode',
      ],
    ],
    [
      'spec.podFailurePolicy',
      { rules: [{ action: 'Ignore', onExitCodes: { operator: 'In', values: [2, 0] } }] },
      [
        'spec.podFailurePolicy.rules[0].onExitCodes.values[1]: Invalid value: 0: must not be 0 for the In operator',
        'spec.podFailurePolicy.rules[0].onExitCodes.values: Invalid value: [2,0]: must be ordered',
      ],
    ],
    [
      'spec.podFailurePolicy',
      { rules: [{ action: 'Ignore' }] },
      ['spec.podFailurePolicy.rules[0]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required'],
    ],
  ])('refuse %s = %j', (path, value, expected) => {
    const withParallelism = changed(one, 'spec.parallelism', 1);
    expect(refusals(job, changed(withParallelism, path, value), context)).toEqual(expected);
  });

  it('keep their template once started', () => {
    const before = defaulted(job, one);
    job.prepareForCreate?.(before, context);
    const moved = changed(before, 'spec.template.spec.nodeSelector', { disk: 'ssd' });
    expect(changeRefusals(job, before, moved)).toHaveLength(1);
    expect(changeRefusals(job, changed(before, 'spec.suspend', true), changed(moved, 'spec.suspend', true))).toEqual([]);
  });

  it('finish with the conditions of 1.36 only', () => {
    const status = { startTime: '2026-01-01T00:00:00Z', completionTime: '2026-01-01T00:01:00Z', conditions: [{ type: 'Complete', status: 'True' }] };
    const findings = job.validateStatusUpdate?.({ ...one, status } as never, one as never).map((error) => error.body);
    expect(findings).toEqual(['Invalid value: cannot set Complete=True condition without the SuccessCriteriaMet=true condition']);
  });

  it('print how far they are', () => {
    expect(cells(job, { ...one, spec: { completions: 4 }, status: { succeeded: 2, startTime: '1970-01-01T00:00:00Z' } }, 90_000)).toMatchObject({
      Status: 'Running',
      Completions: '2/4',
      Duration: '90s',
    });
    expect(cells(job, { ...one, spec: { parallelism: 3 } }).Completions).toBe('0/1 of 3');
  });
});

it.each([
  ['0-2,5', 4, undefined],
  ['2,1', undefined, 'non-increasing order, previous: 2, current: 1'],
  ['9', undefined, 'too large index: "9"'],
  ['a', undefined, 'cannot convert string to integer for index: "a"'],
  ['1-2-3', undefined, `the fragment "1-2-3" violates the requirement that an index interval can have at most two parts separated by '-'`],
])('indexes %j', (text, total, problem) => {
  expect(indexesProblem(text, 9)).toBe(problem);
  if (total !== undefined) expect(parseIndexes(text, 9)).toMatchObject({ total });
});

describe('schedules', () => {
  it.each([
    ['*/15 0 1,15 * 1-5', { minutes: [0, 15, 30, 45], hours: [0], daysOfMonth: [1, 15], daysOfWeek: [1, 2, 3, 4, 5], anyDayOfMonth: false }],
    ['0 9 * jan-mar SUN', { minutes: [0], hours: [9], months: [1, 2, 3], daysOfWeek: [0], anyDayOfMonth: true }],
    ['@hourly', { minutes: [0], anyDayOfWeek: true }],
    ['@every 1h30m', { everyMs: 5_400_000 }],
  ])('%s', (text, expected) => {
    expect(parseSchedule(text)).toMatchObject(expected);
  });

  it.each([
    ['Bad', 'expected exactly 5 fields, found 1: [Bad]'],
    ['60 * * * *', 'end of range (60) above maximum (59): 60'],
    ['5-1 * * * *', 'beginning of range (5) beyond end of range (1): 5-1'],
    ['* * 0 * *', 'beginning of range (0) below minimum (1): 0'],
    ['x * * * *', 'failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax'],
    ['*/0 * * * *', 'step of range should be a positive number: */0'],
    ['1/2/3 * * * *', 'too many slashes: 1/2/3'],
    ['@never', 'unrecognized descriptor: @never'],
  ])('%s is none', (text, problem) => {
    expect(parseSchedule(text)).toEqual({ problem });
  });
});

describe('cron jobs', () => {
  const cron = { metadata: { name: 'c', namespace: 'default' }, spec: { schedule: '*/5 * * * *', jobTemplate: { spec: { template } } } };

  it.each([
    ['spec.schedule', '', ['spec.schedule: Required value']],
    ['spec.timeZone', 'Asia/Seoul', []],
    ['spec.timeZone', 'Etc/Unknown', ['spec.timeZone: Invalid value: "Etc/Unknown": unknown time zone Etc/Unknown']],
    [
      'spec.schedule',
      'CRON_TZ=UTC 0 0 * * *',
      ['spec.schedule: Invalid value: "CRON_TZ=UTC 0 0 * * *": cannot use TZ or CRON_TZ in schedule, use timeZone field instead'],
    ],
    ['spec.concurrencyPolicy', 'Maybe', ['spec.concurrencyPolicy: Unsupported value: "Maybe": supported values: "Allow", "Forbid", "Replace"']],
    ['metadata.name', 'x'.repeat(53), [`metadata.name: Invalid value: "${'x'.repeat(53)}": must be no more than 52 characters`]],
  ])('judge %s = %j', (path, value, expected) => {
    expect(refusals(cronJob, changed(cron, path, value))).toEqual(expected);
  });

  it('are filled in', () => {
    expect(defaulted(cronJob, cron).spec).toMatchObject({
      concurrencyPolicy: 'Allow',
      suspend: false,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 1,
    });
  });
});
