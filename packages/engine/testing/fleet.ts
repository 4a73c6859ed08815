import { cronJob } from './busy-cluster.ts';
import { Dice } from './simulate.ts';
import { type World, world } from './world.ts';

/** A random cluster of many objects of every kind that does something by itself, some of whose nodes fail: what a month can do to it. */

type Maker = (dice: Dice, name: string) => object;

const IMAGES = ['nginx:1.25', 'nginx:1.27', 'redis:7.2', 'httpd:2.4', 'nginx:1.277'] as const;
const SCHEDULES = ['*/5 * * * *', '*/10 * * * *', '7,37 * * * *', '0 * * * *', '30 */6 * * *', '0 3 * * *', '15 4 * * 1-5', '0 6 1 * *'] as const;
const COMMANDS = ['date', 'sleep 20', 'sleep 400', 'exit 1', 'echo done'] as const;

const container = (dice: Dice) => ({
  name: 'c',
  image: dice.pick(IMAGES),
  resources: { requests: { cpu: dice.pick(['10m', '100m']), memory: '16Mi' } },
  ...dice.pick([{}, { readinessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 5 } }, { livenessProbe: { tcpSocket: { port: 80 } } }]),
});

const crashing = (dice: Dice) => ({
  name: 'c',
  image: 'busybox:1.36',
  command: ['sh', '-c', dice.pick(['exit 1', 'sleep 30; exit 3', 'sleep 600'])],
});

const workload = (apiVersion: string, kind: string, name: string, spec: object, pod: object) => ({
  apiVersion,
  kind,
  metadata: { name },
  spec: { ...spec, selector: { matchLabels: { app: name } }, template: { metadata: { labels: { app: name } }, spec: pod } },
});

const claim = (name: string) => ({ metadata: { name }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } });

const task = (dice: Dice) => ({
  backoffLimit: dice.number(3),
  ...dice.pick([{}, { ttlSecondsAfterFinished: 900 }, { activeDeadlineSeconds: 120 }]),
  template: {
    spec: {
      restartPolicy: dice.pick(['Never', 'OnFailure']),
      containers: [{ name: 'c', image: 'busybox:1.36', command: ['sh', '-c', dice.pick(COMMANDS)] }],
    },
  },
});

const MAKERS: readonly Maker[] = [
  (dice, name) => workload('apps/v1', 'Deployment', name, { replicas: 1 + dice.number(4) }, { containers: [container(dice)] }),
  (dice, name) => workload('apps/v1', 'Deployment', name, { replicas: 1 }, { containers: [dice.number(2) === 0 ? crashing(dice) : container(dice)] }),
  (dice, name) =>
    workload(
      'apps/v1',
      'StatefulSet',
      name,
      { serviceName: name, replicas: 1 + dice.number(2), volumeClaimTemplates: dice.pick([[], [claim('data')]]) },
      { containers: [container(dice)] },
    ),
  (dice, name) => workload('apps/v1', 'DaemonSet', name, {}, { containers: [container(dice)] }),
  (dice, name) => ({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: task(dice) }),
  (dice, name) => {
    const made = cronJob(name, dice.pick(SCHEDULES), dice.pick(COMMANDS));
    const limits = dice.pick([{}, { concurrencyPolicy: 'Forbid' }, { concurrencyPolicy: 'Replace' }, { successfulJobsHistoryLimit: 1 }]);
    return { ...made, spec: { ...made.spec, ...limits } };
  },
  (dice, name) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector: { app: `o-${dice.number(100)}` }, ports: [{ port: 80 }], ...dice.pick([{}, {}, { type: 'LoadBalancer' }]) },
  }),
  (dice, name) => ({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: `o-${dice.number(30) * 12}` },
      maxReplicas: 3,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: dice.pick([1, 80]) } } }],
    },
  }),
  (dice, name) => ({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name },
    spec: { minAvailable: 1, selector: { matchLabels: { app: `o-${dice.number(100)}` } } },
  }),
  (dice, name) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: { accessModes: ['ReadWriteOnce'], storageClassName: dice.pick(['standard', 'absent']), resources: { requests: { storage: '1Gi' } } },
  }),
  (_, name) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { key: name } }),
  (dice, name) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { containers: [dice.number(2) === 0 ? crashing(dice) : container(dice)] },
  }),
];

const FAULTS = ['Down', 'NetworkPartition', 'KubeletStopped'] as const;

const MINUTE_MS = 60_000;

/** Its objects come within the first half hour, faults of nodes between them; some of the nodes come back. */
export function fleet(seed: string, objects = 200, workers = 12): World {
  const dice = new Dice(seed);
  const w = world({ seed, workers, timing: 'realistic', system: false });
  const fault = (node: number, value: string | null) =>
    w.request(
      'PATCH',
      `/api/v1/nodes/vivakube-worker${node === 0 ? '' : node + 1}`,
      { metadata: { annotations: { 'sim.vivakube.dev/fault': value } } },
      { contentType: 'application/merge-patch+json' },
    );
  const step = Math.floor(objects / 8);
  for (let i = 0; i < objects; i++) {
    const make = MAKERS[i % MAKERS.length] as Maker;
    w.apply(make(dice, `o-${i}`));
    w.advance(dice.pick([0, 0, 900, 7000, 20_000]));
    if (i % step === step - 1) fault(dice.number(workers), dice.pick(FAULTS));
    if (i % (2 * step) === 2 * step - 1) fault(dice.number(workers), null);
  }
  w.advance(10 * MINUTE_MS);
  fault(dice.number(workers), dice.pick(FAULTS));
  return w;
}
