import type { View } from '../src/core/txn.ts';
import type { NodeObject, PodObject } from '../src/kinds/shared/pod.ts';
import { nodeObject } from '../src/kubelet/node.ts';
import { SchedulerCache } from '../src/scheduler/cache.ts';
import { placePod } from '../src/scheduler/cycle.ts';
import { podInfoOf } from '../src/scheduler/pod-info.ts';
import { DEFAULT_PROFILE } from '../src/scheduler/profiles/default.ts';
import { nodesToFind } from '../src/scheduler/sampling.ts';
import { floorRun } from './scheduler-floor.ts';

/**
 * Pods per second through the scheduling cycle: filter, score, pick, and the cache brought up to date for the next pod.
 * Writing the binding is the API machinery's cost and has a benchmark of its own.
 */
const PODS = 10_000;
const ROUNDS = 5;
const NODE_COUNTS = [1000, 5000];

/** Processor time, so that a busy machine tells the same. */
const cpuMs = (): number => process.cpuUsage().user / 1000;

const template = {
  containers: [{ name: 'web', image: 'nginx:1.25', resources: { requests: { cpu: '100m', memory: '128Mi' } } }],
  restartPolicy: 'Always',
};

function podOf(i: number, extra: object = {}): PodObject {
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: {
      name: `web-${i}`,
      namespace: 'default',
      uid: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
      labels: { app: 'web' },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'rs', controller: true }],
    },
    spec: { ...template, ...extra },
    status: { phase: 'Pending' },
  } as unknown as PodObject;
}

const replicaSet = {
  kind: 'ReplicaSet',
  apiVersion: 'apps/v1',
  metadata: { name: 'web', namespace: 'default' },
  spec: { selector: { matchLabels: { app: 'web' } } },
};
const view = {
  runtimeKeys: () => [],
  list: () => [],
  get: (key: string) => (key === 'apps/replicasets/default/web' ? replicaSet : undefined),
  runtime: () => undefined,
} as unknown as View;

function cluster(nodeCount: number): SchedulerCache {
  const cache = new SchedulerCache();
  for (let i = 0; i < nodeCount; i++) {
    const labels = { 'topology.kubernetes.io/zone': `zone-${i % 3}` };
    cache.setNode(
      nodeObject(
        { name: `node-${String(i).padStart(5, '0')}`, role: 'worker', index: i, cpus: 32, memoryKi: 64 * 1024 * 1024, labels },
        'bench',
        0,
      ) as NodeObject,
    );
  }
  return cache;
}

function run(nodeCount: number, extra: object): number {
  const cache = cluster(nodeCount);
  const began = cpuMs();
  for (let i = 0; i < PODS; i++) {
    const pod = podOf(i, extra);
    const outcome = placePod({ pod: podInfoOf(pod), cache, view, profile: DEFAULT_PROFILE }, 'bench');
    if (outcome.type !== 'placed') throw new Error(`pod ${i} found no node: ${outcome.type}`);
    cache.setPod(`core/pods/default/${pod.metadata.name}`, { ...pod, spec: { ...pod.spec, nodeName: outcome.node.name } });
  }
  return cpuMs() - began;
}

function floor(nodeCount: number): number {
  const began = cpuMs();
  floorRun(nodeCount, PODS, nodesToFind(nodeCount));
  return cpuMs() - began;
}

const rate = (ms: number): number => (PODS * 1000) / ms;
const shown = (perSecond: number): string => Math.round(perSecond).toLocaleString('en').padStart(10);
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] as number;

/** Both in turns, so that they meet the same machine. */
function besideFloor(nodeCount: number): void {
  const floors: number[] = [];
  const ours: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    floors.push(rate(floor(nodeCount)));
    ours.push(rate(run(nodeCount, {})));
  }
  const ratio = median(ours) / median(floors);
  console.log(`${nodeCount} nodes, floor: objects and closures  ${shown(median(floors))} pods/s`);
  console.log(`${nodeCount} nodes, pods of one ReplicaSet      ${shown(median(ours))} pods/s   ${ratio.toFixed(2)}x of the floor (goal 0.50x)`);
}

const term = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'web' } } };
const near = { ...term, topologyKey: 'topology.kubernetes.io/zone' };
const spread = (topologyKey: string, whenUnsatisfiable: string) => ({
  maxSkew: 1,
  topologyKey,
  whenUnsatisfiable,
  labelSelector: term.labelSelector,
});
const preferred = (podAffinityTerm: object) => ({ preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm }] });
const CASES: readonly [name: string, extra: object, goal: number][] = [
  [
    'spread over zones and nodes',
    { topologySpreadConstraints: [spread('topology.kubernetes.io/zone', 'DoNotSchedule'), spread('kubernetes.io/hostname', 'ScheduleAnyway')] },
    5000,
  ],
  ['required pod affinity by zone', { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [near] } } }, 2000],
  ['preferred pod affinity by zone', { affinity: { podAffinity: preferred(near) } }, 2000],
  ['preferably apart', { affinity: { podAntiAffinity: preferred(term) } }, 2000],
];

for (const nodeCount of NODE_COUNTS) run(nodeCount, {});
for (const nodeCount of NODE_COUNTS) besideFloor(nodeCount);
for (const [name, extra, goal] of CASES) {
  for (const nodeCount of NODE_COUNTS) {
    console.log(
      `${nodeCount} nodes, ${name.padEnd(30)} ${shown(rate(run(nodeCount, extra)))} pods/s   (goal ${goal.toLocaleString('en')} at 5000 nodes)`,
    );
  }
}
