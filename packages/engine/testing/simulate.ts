import { hash32 } from '../src/core/chance.ts';
import { encodeState } from '../src/core/delta.ts';
import type { Instant } from '../src/core/instant.ts';
import type { ClusterState } from '../src/core/state.ts';
import { STORAGE_AND_NODE_HABITS } from './habits-storage-nodes.ts';
import { WORKLOAD_HABITS } from './habits-workloads.ts';
import { ADMIN, EPOCH, World } from './world.ts';

/** One thing that somebody does at an instant. */
export interface Act {
  at: Instant;
  method: string;
  url: string;
  body?: unknown;
  contentType?: string;
}

/** Seeded chance for tests: a stream is fine here, because a test runs its script once from the beginning. */
export class Dice {
  private position = 0;
  constructor(private readonly seed: string) {}
  number(below: number): number {
    return hash32(`${this.seed}#${this.position++}`) % below;
  }
  pick<T>(items: readonly T[]): T {
    return items[this.number(items.length)] as T;
  }
}

const IMAGES = ['nginx:1.14.2', 'nginx:1.16.1', 'httpd:2.4', 'nginx:1.161', 'redis:7.2', 'registry.example.com/app:v1'] as const;
const NAMES = ['web', 'api', 'db'] as const;
const LABELS = ['front', 'back'] as const;

const APPS = '/apis/apps/v1/namespaces/default';
const CORE = '/api/v1/namespaces/default';

const podTemplate = (dice: Dice, name: string) => ({
  metadata: { labels: { app: name, tier: dice.pick(LABELS) } },
  spec: {
    terminationGracePeriodSeconds: dice.pick([0, 5, 30]),
    containers: [{ name: 'c', image: dice.pick(IMAGES), resources: { requests: { cpu: dice.pick(['10m', '500m', '3']) } } }],
  },
});

type Maker = (dice: Dice) => Omit<Act, 'at'>;

const MERGE = 'application/merge-patch+json';

/** What random users do, one function for each habit. */
export const HABITS: readonly Maker[] = [
  (dice) => {
    const name = dice.pick(NAMES);
    const template = podTemplate(dice, name);
    const strategy = dice.pick([undefined, { type: 'Recreate' }, { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }]);
    const spec = {
      replicas: dice.number(5),
      selector: { matchLabels: { app: name } },
      template,
      progressDeadlineSeconds: 60,
      ...(strategy ? { strategy } : {}),
    };
    return { method: 'POST', url: `${APPS}/deployments`, body: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name }, spec } };
  },
  (dice) => {
    const name = `rs-${dice.pick(NAMES)}`;
    const spec = { replicas: dice.number(4), selector: { matchLabels: { app: name } }, template: podTemplate(dice, name) };
    return { method: 'POST', url: `${APPS}/replicasets`, body: { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name }, spec } };
  },
  (dice) => ({
    method: 'POST',
    url: `${CORE}/pods`,
    body: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `pod-${dice.number(4)}`, labels: { app: dice.pick(NAMES) } },
      spec: podTemplate(dice, 'x').spec,
    },
  }),
  (dice) => ({
    method: 'PATCH',
    url: `${APPS}/deployments/${dice.pick(NAMES)}/scale`,
    contentType: MERGE,
    body: { spec: { replicas: dice.number(6) } },
  }),
  (dice) => ({
    method: 'PATCH',
    url: `${APPS}/deployments/${dice.pick(NAMES)}`,
    contentType: 'application/strategic-merge-patch+json',
    body: { spec: { template: { spec: { containers: [{ name: 'c', image: dice.pick(IMAGES) }] } } } },
  }),
  (dice) => ({
    method: 'PATCH',
    url: `${APPS}/deployments/${dice.pick(NAMES)}`,
    contentType: MERGE,
    body: { spec: { paused: dice.number(2) === 0 } },
  }),
  (dice) => ({
    method: 'DELETE',
    url: `${APPS}/deployments/${dice.pick(NAMES)}`,
    body: { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: dice.pick(['Background', 'Foreground', 'Orphan']) },
  }),
  (dice) => ({ method: 'DELETE', url: `${CORE}/pods/pod-${dice.number(4)}` }),
  (dice) => ({ method: 'DELETE', url: `${CORE}/pods?labelSelector=app%3D${dice.pick(NAMES)}` }),
  (dice) => ({
    method: 'PATCH',
    url: `${CORE}/pods/pod-${dice.number(4)}`,
    contentType: MERGE,
    body: { metadata: { labels: { app: dice.pick(NAMES) } } },
  }),
  (dice) => ({ method: 'PATCH', url: `/api/v1/nodes/vivakube-worker`, contentType: MERGE, body: { spec: { unschedulable: dice.number(2) === 0 } } }),
  (dice) => ({
    method: 'POST',
    url: `${CORE}/configmaps`,
    body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'cm-' }, data: { k: String(dice.number(9)) } },
  }),
  () => ({ method: 'GET', url: `${CORE}/pods` }),
  (dice) => {
    const name = dice.pick(NAMES);
    const spec = {
      selector: { app: dice.pick(NAMES) },
      ports: [{ port: 80 }],
      ...dice.pick([{}, { clusterIP: 'None' }, { publishNotReadyAddresses: true }]),
    };
    return {
      method: 'POST',
      url: `${CORE}/services`,
      body: { apiVersion: 'v1', kind: 'Service', metadata: { name, labels: { tier: dice.pick(LABELS) } }, spec },
    };
  },
  (dice) => ({
    method: 'PATCH',
    url: `${CORE}/services/${dice.pick(NAMES)}`,
    contentType: MERGE,
    body: { spec: { selector: { app: dice.pick(NAMES) } } },
  }),
  (dice) => ({ method: 'DELETE', url: `${CORE}/services/${dice.pick(NAMES)}` }),
  (dice) => {
    const name = `pdb-${dice.pick(NAMES)}`;
    const spec = {
      selector: { matchLabels: { app: dice.pick(NAMES) } },
      ...dice.pick([{ minAvailable: 1 }, { maxUnavailable: 1 }, { minAvailable: '50%' }]),
    };
    return {
      method: 'POST',
      url: '/apis/policy/v1/namespaces/default/poddisruptionbudgets',
      body: { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name }, spec },
    };
  },
  (dice) => {
    const name = dice.pick(NAMES);
    const target = { type: 'Utilization', averageUtilization: dice.pick([1, 50]) };
    const rules = { policies: [{ type: 'Pods', value: 1, periodSeconds: dice.pick([15, 60]) }] };
    const spec = {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: 1 + dice.number(2),
      maxReplicas: 4,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }],
      ...dice.pick([{}, { behavior: { scaleUp: rules, scaleDown: { stabilizationWindowSeconds: 30, ...rules } } }]),
    };
    return {
      method: 'POST',
      url: '/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers',
      body: { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name }, spec },
    };
  },
  (dice) => {
    const name = `pod-${dice.number(4)}`;
    return { method: 'POST', url: `${CORE}/pods/${name}/eviction`, body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name } } };
  },
  ...WORKLOAD_HABITS,
  ...STORAGE_AND_NODE_HABITS,
];

/** A script of what happens within about ten minutes. */
export function script(seed: string, length = 12, habits: readonly Maker[] = HABITS): Act[] {
  const dice = new Dice(seed);
  let at = EPOCH;
  return Array.from({ length }, () => {
    at += dice.pick([0, 7, 250, 1000, 4321, 30_000, 90_000]);
    return { at, ...dice.pick(habits)(dice) };
  });
}

/** How time is cut between the acts. */
export type Cut = (world: World, until: Instant) => void;

export const jump: Cut = (world, until) => {
  world.advance(until - world.now);
};

export const everySecond: Cut = (world, until) => {
  while (world.now + 1000 < until) world.advance(1000);
  world.advance(until - world.now);
};

/** Plays a script, then lets `restMs` pass. */
export function play(seed: string, acts: readonly Act[], cut: Cut, restMs: number, system = false): World {
  const dice = new Dice(`${seed}/world`);
  const world = new World({ seed, workers: 1 + dice.number(3), timing: dice.pick(['realistic', 'realistic', 'instant']), system });
  for (const act of acts) {
    cut(world, act.at);
    world.request(act.method, act.url, act.body, { user: ADMIN, ...(act.contentType ? { contentType: act.contentType } : {}) });
  }
  cut(world, world.now + restMs);
  return world;
}

export const bytesOf = (state: ClusterState): string => encodeState(state).join('\n\n');
