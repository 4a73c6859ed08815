import { describe, expect, test } from 'vitest';
import { holding, jobKey, jobManifest, said } from '../../../testing/jobs.ts';
import { world } from '../../../testing/world.ts';
import { parseRfc3339 } from '../../core/instant.ts';

const realistic = () => world({ timing: 'realistic' });

describe('a Job', () => {
  test('runs its pod to the end and says so', () => {
    const w = realistic();
    w.apply(jobManifest('hello', 'echo hello'));
    const [pod] = w.objects('core/pods', 'default');
    expect(pod?.metadata.finalizers).toEqual(['batch.kubernetes.io/job-tracking']);
    expect(pod?.metadata.labels).toMatchObject({ 'job-name': 'hello', 'batch.kubernetes.io/job-name': 'hello' });
    w.advance(30_000);
    expect(w.objects('core/pods', 'default')[0]?.metadata.finalizers).toBeUndefined();
    expect(holding(w, 'hello')).toEqual(['SuccessCriteriaMet: CompletionsReached', 'Complete: CompletionsReached']);
    const status = w.object(jobKey('hello'))?.status;
    expect(status).toMatchObject({ succeeded: 1, ready: 0, terminating: 0, uncountedTerminatedPods: {} });
    expect(status.active).toBeUndefined();
    expect(status.completionTime >= status.startTime).toBe(true);
    expect(said(w, 'hello')).toEqual([`SuccessfulCreate: Created pod: ${pod?.metadata.name}`, 'Completed: Job completed']);
  });

  test('lists a pod as uncounted before it counts it', () => {
    const w = realistic();
    w.apply(jobManifest('hello', 'true'));
    w.advance(30_000);
    const { uid } = w.objects('core/pods', 'default')[0]?.metadata ?? {};
    const seen = w.events.filter((e) => e.key === jobKey('hello')).map((e) => e.stored.object.status);
    const listed = seen.findIndex((status) => status?.uncountedTerminatedPods?.succeeded?.includes(uid));
    expect(seen[listed].succeeded).toBeUndefined();
    expect(seen[listed + 1]).toMatchObject({ succeeded: 1, uncountedTerminatedPods: {} });
  });

  test('retries after 10 and 20 seconds, then fails', () => {
    const w = realistic();
    w.apply(jobManifest('bad', 'exit 3', { backoffLimit: 2 }));
    w.advance(120_000);
    const births = w.objects('core/pods', 'default').map((pod) => (parseRfc3339(pod.metadata.creationTimestamp as string) as number) / 1000);
    const [first, second, third] = births.sort((a, b) => a - b) as [number, number, number];
    expect(births).toHaveLength(3);
    expect(second - first).toBeGreaterThanOrEqual(10);
    expect(third - second).toBeGreaterThanOrEqual(20);
    expect(holding(w, 'bad')).toEqual(['FailureTarget: BackoffLimitExceeded', 'Failed: BackoffLimitExceeded']);
    expect(w.object(jobKey('bad'))?.status.failed).toBe(3);
    expect(said(w, 'bad').at(-1)).toBe('BackoffLimitExceeded: Job has reached the specified backoff limit');
    expect([...w.state.runtime.keys('job-backoff/')]).toEqual([]);
  });

  test('counts restarts where containers restart in place', () => {
    const w = realistic();
    w.apply(jobManifest('again', 'exit 1', { backoffLimit: 2 }, { restartPolicy: 'OnFailure' }));
    w.advance(300_000);
    expect(holding(w, 'again')).toContain('Failed: BackoffLimitExceeded');
    expect(w.objects('core/pods', 'default')).toEqual([]);
  });

  test('ends at its deadline, exactly, and its pod with it', () => {
    const w = realistic();
    w.apply(jobManifest('slow', 'sleep 1000', { activeDeadlineSeconds: 20 }, { terminationGracePeriodSeconds: 1 }));
    w.advance(19_999);
    expect(holding(w, 'slow')).toEqual([]);
    w.advance(1);
    expect(holding(w, 'slow')).toEqual(['FailureTarget: DeadlineExceeded']);
    w.advance(5000);
    expect(holding(w, 'slow')).toContain('Failed: DeadlineExceeded');
    expect(w.objects('core/pods', 'default')).toEqual([]);
    expect(said(w, 'slow')).toContain('DeadlineExceeded: Job was active longer than specified deadline');
  });

  test('runs as many pods at a time as it may', () => {
    const w = realistic();
    w.apply(jobManifest('many', 'sleep 10', { completions: 5, parallelism: 2 }));
    w.advance(5000);
    expect(w.object(jobKey('many'))?.status).toMatchObject({ active: 2, ready: 2 });
    w.advance(60_000);
    expect(w.object(jobKey('many'))?.status).toMatchObject({ succeeded: 5 });
    expect(holding(w, 'many')).toContain('Complete: CompletionsReached');
  });

  test('is suspended and resumed', () => {
    const w = realistic();
    w.apply(jobManifest('pause', 'sleep 30', {}, { terminationGracePeriodSeconds: 1 }));
    w.advance(5000);
    const patch = (suspend: boolean) =>
      w.request('PATCH', '/apis/batch/v1/namespaces/default/jobs/pause', { spec: { suspend } }, { contentType: 'application/merge-patch+json' });
    expect(patch(true).code).toBe(200);
    w.advance(5000);
    expect(holding(w, 'pause')).toEqual(['Suspended: JobSuspended']);
    expect(w.objects('core/pods', 'default')).toEqual([]);
    expect(w.object(jobKey('pause'))?.status.startTime).toBeUndefined();
    expect(patch(false).code).toBe(200);
    expect(w.object(jobKey('pause'))?.status.startTime).toBe('2026-01-01T00:00:10Z');
    w.advance(60_000);
    expect(holding(w, 'pause')).toEqual(['SuccessCriteriaMet: CompletionsReached', 'Complete: CompletionsReached']);
    expect(said(w, 'pause')).toEqual(expect.arrayContaining(['Suspended: Job suspended', 'Resumed: Job resumed']));
  });

  test('may be moved and resized while it is suspended, until it runs again', () => {
    const w = realistic();
    w.apply(jobManifest('moved', 'sleep 30', {}, { terminationGracePeriodSeconds: 1 }));
    w.advance(5000);
    const change = (spec: object) =>
      w.request('PATCH', '/apis/batch/v1/namespaces/default/jobs/moved', { spec }, { contentType: 'application/strategic-merge-patch+json' }).code;
    const elsewhere = { template: { spec: { nodeSelector: { 'kubernetes.io/os': 'linux' } } } };
    const larger = { template: { spec: { containers: [{ name: 'c', resources: { requests: { cpu: '200m' } } }] } } };
    const other = { template: { spec: { containers: [{ name: 'c', image: 'busybox:1.35' }] } } };
    expect(change(elsewhere)).toBe(422);
    expect(change({ suspend: true })).toBe(200);
    w.advance(5000);
    expect([elsewhere, larger, other].map(change)).toEqual([200, 200, 422]);
    expect(change({ suspend: false })).toBe(200);
    w.advance(5000);
    expect(change({ template: { spec: { nodeSelector: null } } })).toBe(422);
    const [pod] = w.objects('core/pods', 'default');
    expect(pod?.spec).toMatchObject({ nodeSelector: { 'kubernetes.io/os': 'linux' }, containers: [{ resources: { requests: { cpu: '200m' } } }] });
  });

  test('managed by somebody else is left alone', () => {
    const w = realistic();
    w.apply(jobManifest('theirs', 'true', { managedBy: 'example.com/controller' }));
    w.advance(10_000);
    expect(w.objects('core/pods', 'default')).toEqual([]);
    expect(w.object(jobKey('theirs'))?.status).toBeUndefined();
  });

  test('that is deleted without its pods lets them go', () => {
    const w = realistic();
    w.apply(jobManifest('gone', 'sleep 1000', {}, { terminationGracePeriodSeconds: 1 }));
    w.advance(5000);
    w.request('DELETE', '/apis/batch/v1/namespaces/default/jobs/gone', { propagationPolicy: 'Orphan' });
    w.advance(5000);
    expect(w.object(jobKey('gone'))).toBeUndefined();
    const [pod] = w.objects('core/pods', 'default');
    expect(pod?.metadata.finalizers).toBeUndefined();
    expect(pod?.metadata.ownerReferences).toBeUndefined();
  });

  test('that is deleted with its pods leaves none', () => {
    const w = realistic();
    w.apply(jobManifest('gone', 'sleep 1000', {}, { terminationGracePeriodSeconds: 1 }));
    w.advance(5000);
    w.request('DELETE', '/apis/batch/v1/namespaces/default/jobs/gone', { propagationPolicy: 'Background' });
    w.advance(10_000);
    expect(w.objects('core/pods', 'default')).toEqual([]);
  });

  test('leaves its pods behind when nobody says otherwise, and says so', () => {
    const w = realistic();
    const warnings = (url: string): string[] => w.request('DELETE', url).headers.flatMap(([name, text]) => (name === 'warning' ? [text] : []));
    const said = [expect.stringContaining('child pods are preserved by default when jobs are deleted')];
    const one = '/apis/batch/v1/namespaces/default/jobs/left';
    w.apply(jobManifest('left', 'sleep 300'));
    expect(warnings(one)).toEqual(said);
    expect(w.objects('core/pods', 'default')).toHaveLength(1);
    expect(w.objects('core/pods', 'default')[0]?.metadata).not.toHaveProperty('finalizers');
    w.apply(jobManifest('left', 'sleep 300'));
    expect(warnings(`${one}?propagationPolicy=Orphan`)).toEqual([]);
    expect(warnings('/apis/batch/v1/namespaces/default/jobs')).toEqual(said);
  });

  test('goes when its time after finishing is over', () => {
    const w = realistic();
    w.apply(jobManifest('brief', 'true', { ttlSecondsAfterFinished: 60 }));
    w.advance(30_000);
    expect(holding(w, 'brief')).toContain('Complete: CompletionsReached');
    w.advance(60_000);
    expect(w.object(jobKey('brief'))).toBeUndefined();
    expect(w.objects('core/pods', 'default')).toEqual([]);
  });
});

describe('an Indexed Job', () => {
  const indexed = { completionMode: 'Indexed', completions: 3, parallelism: 3 };

  test('gives every pod its index', () => {
    const w = realistic();
    w.apply(jobManifest('shards', 'sleep 2', indexed));
    const pods = w.objects('core/pods', 'default');
    expect(pods.map((pod) => pod.metadata.name?.slice(0, -5))).toEqual(['shards-0-', 'shards-1-', 'shards-2-']);
    expect(pods.map((pod) => pod.spec.hostname)).toEqual(['shards-0', 'shards-1', 'shards-2']);
    expect(pods.map((pod) => pod.metadata.annotations?.['batch.kubernetes.io/job-completion-index'])).toEqual(['0', '1', '2']);
    expect(pods[1]?.spec.containers[0].env).toEqual([
      {
        name: 'JOB_COMPLETION_INDEX',
        valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: "metadata.labels['batch.kubernetes.io/job-completion-index']" } },
      },
    ]);
    w.advance(30_000);
    expect(w.object(jobKey('shards'))?.status).toMatchObject({ succeeded: 3, completedIndexes: '0-2' });
  });

  test('fails an index of its own, with the others done', () => {
    const w = realistic();
    w.apply(jobManifest('partly', '[ "$JOB_COMPLETION_INDEX" != 1 ]', { ...indexed, backoffLimitPerIndex: 1 }));
    w.advance(300_000);
    expect(w.object(jobKey('partly'))?.status).toMatchObject({ succeeded: 2, failed: 2, completedIndexes: '0,2', failedIndexes: '1' });
    expect(holding(w, 'partly')).toEqual(['FailureTarget: FailedIndexes', 'Failed: FailedIndexes']);
    const retried = w.objects('core/pods', 'default').map((pod) => pod.metadata.annotations?.['batch.kubernetes.io/job-index-failure-count']);
    expect(retried.sort()).toEqual(['0', '0', '0', '1']);
  });

  test('is done when its success policy says so', () => {
    const w = realistic();
    const successPolicy = { rules: [{ succeededIndexes: '0' }] };
    w.apply(
      jobManifest('leader', '[ "$JOB_COMPLETION_INDEX" = 0 ] || sleep 1000', { ...indexed, successPolicy }, { terminationGracePeriodSeconds: 1 }),
    );
    w.advance(60_000);
    expect(holding(w, 'leader')).toEqual(['SuccessCriteriaMet: SuccessPolicy', 'Complete: SuccessPolicy']);
    expect(w.object(jobKey('leader'))?.status).toMatchObject({ succeeded: 1, completedIndexes: '0' });
  });
});

describe('a failure policy', () => {
  const onExit = (action: string) => ({ podFailurePolicy: { rules: [{ action, onExitCodes: { operator: 'In', values: [42] } }] } });

  test('ends the whole Job', () => {
    const w = realistic();
    w.apply(jobManifest('fatal', 'exit 42', onExit('FailJob')));
    w.advance(60_000);
    expect(holding(w, 'fatal')).toEqual(['FailureTarget: PodFailurePolicy', 'Failed: PodFailurePolicy']);
    const [pod] = w.objects('core/pods', 'default');
    expect(said(w, 'fatal').at(-1)).toBe(
      `PodFailurePolicy: Container c for pod default/${pod?.metadata.name} failed with exit code 42 matching FailJob rule at index 0`,
    );
  });

  test('does not count what it ignores', () => {
    const w = realistic();
    w.apply(jobManifest('patient', 'exit 42', { backoffLimit: 0, ...onExit('Ignore') }));
    w.advance(60_000);
    expect(holding(w, 'patient')).toEqual([]);
    expect(w.object(jobKey('patient'))?.status.failed).toBeUndefined();
    expect(w.objects('core/pods', 'default').length).toBeGreaterThan(1);
  });
});
