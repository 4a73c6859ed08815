import type { Act, Dice } from './simulate.ts';

type Maker = (dice: Dice) => Omit<Act, 'at'>;

const APPS = '/apis/apps/v1/namespaces/default';
const BATCH = '/apis/batch/v1/namespaces/default';
const CORE = '/api/v1/namespaces/default';
const MERGE = 'application/merge-patch+json';
const STRATEGIC = 'application/strategic-merge-patch+json';
const IMAGES = ['nginx:1.14.2', 'nginx:1.16.1', 'nginx:1.161', 'redis:7.2'] as const;
const NAMES = ['alpha', 'beta'] as const;
const POLICIES = ['Background', 'Foreground', 'Orphan'] as const;
const COMMANDS = ['true', 'sleep 7', 'exit 1', 'sleep 90', '[ "$JOB_COMPLETION_INDEX" != 1 ]'] as const;

const server = (dice: Dice, app: string) => ({
  metadata: { labels: { app } },
  spec: { terminationGracePeriodSeconds: dice.pick([0, 5, 30]), containers: [{ name: 'c', image: dice.pick(IMAGES) }] },
});

const task = (dice: Dice) => ({
  spec: {
    restartPolicy: dice.pick(['Never', 'OnFailure']),
    terminationGracePeriodSeconds: dice.pick([0, 5]),
    containers: [{ name: 'c', image: 'busybox:1.36', command: ['sh', '-c', dice.pick(COMMANDS)] }],
  },
});

const jobSpec = (dice: Dice) => ({
  template: task(dice),
  backoffLimit: dice.number(3),
  parallelism: dice.number(3),
  ...dice.pick([
    { completions: 2 },
    { completions: 3, completionMode: 'Indexed' },
    { completions: 3, completionMode: 'Indexed', backoffLimitPerIndex: 1 },
  ]),
  ...dice.pick([{}, {}, { activeDeadlineSeconds: 30 }, { ttlSecondsAfterFinished: 60 }, { suspend: true }, { podReplacementPolicy: 'Failed' }]),
});

/** What random users do with StatefulSets, DaemonSets, Jobs and CronJobs. */
export const WORKLOAD_HABITS: readonly Maker[] = [
  (dice) => {
    const name = dice.pick(NAMES);
    const app = `sts-${name}`;
    const spec = {
      serviceName: name,
      replicas: dice.number(4),
      selector: { matchLabels: { app } },
      template: server(dice, app),
      podManagementPolicy: dice.pick(['OrderedReady', 'Parallel']),
      minReadySeconds: dice.pick([0, 0, 8]),
      updateStrategy: dice.pick([{ type: 'OnDelete' }, { rollingUpdate: { partition: 1 } }, { rollingUpdate: { maxUnavailable: 2 } }, {}]),
    };
    return { method: 'POST', url: `${APPS}/statefulsets`, body: { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name }, spec } };
  },
  (dice) => ({ method: 'PATCH', url: `${APPS}/statefulsets/${dice.pick(NAMES)}`, contentType: MERGE, body: { spec: { replicas: dice.number(5) } } }),
  (dice) => ({
    method: 'PATCH',
    url: `${APPS}/${dice.pick(['statefulsets', 'daemonsets'])}/${dice.pick(NAMES)}`,
    contentType: STRATEGIC,
    body: { spec: { template: { spec: { containers: [{ name: 'c', image: dice.pick(IMAGES) }] } } } },
  }),
  (dice) => {
    const name = dice.pick(NAMES);
    const app = `ds-${name}`;
    const strategy = dice.pick([{ type: 'OnDelete' }, { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }, {}]);
    const spec = { selector: { matchLabels: { app } }, template: server(dice, app), updateStrategy: strategy, minReadySeconds: dice.pick([0, 5]) };
    return { method: 'POST', url: `${APPS}/daemonsets`, body: { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name }, spec } };
  },
  (dice) => ({
    method: 'PATCH',
    url: '/api/v1/nodes/vivakube-worker',
    contentType: MERGE,
    body: { spec: { taints: dice.pick([null, [{ key: 'k', effect: 'NoSchedule' }], [{ key: 'k', effect: 'NoExecute' }]]) } },
  }),
  (dice) => ({
    method: 'POST',
    url: `${BATCH}/jobs`,
    body: { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: dice.pick(NAMES) }, spec: jobSpec(dice) },
  }),
  (dice) => ({ method: 'PATCH', url: `${BATCH}/jobs/${dice.pick(NAMES)}`, contentType: MERGE, body: { spec: { suspend: dice.number(2) === 0 } } }),
  (dice) => {
    const spec = {
      schedule: dice.pick(['0 3 * * *', '0 */8 * * *', '30 0 * * 1-5']),
      concurrencyPolicy: dice.pick(['Allow', 'Forbid', 'Replace']),
      jobTemplate: { spec: jobSpec(dice) },
    };
    return {
      method: 'POST',
      url: `${BATCH}/cronjobs`,
      body: { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: dice.pick(NAMES) }, spec },
    };
  },
  (dice) => ({
    method: 'DELETE',
    url: `${dice.pick([`${APPS}/statefulsets`, `${APPS}/daemonsets`, `${BATCH}/jobs`, `${BATCH}/cronjobs`])}/${dice.pick(NAMES)}`,
    body: { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: dice.pick(POLICIES) },
  }),
  (dice) => ({ method: 'DELETE', url: `${CORE}/pods/${dice.pick(NAMES)}-${dice.number(3)}` }),
];
