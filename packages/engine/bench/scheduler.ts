import type { View } from '../src/core/txn.ts';
import type { NodeObject, PodObject } from '../src/kinds/shared/pod.ts';
import { nodeObject } from '../src/kubelet/node.ts';
import { SchedulerCache } from '../src/scheduler/cache.ts';
import { placePod } from '../src/scheduler/cycle.ts';
import { podInfoOf } from '../src/scheduler/pod-info.ts';
import { DEFAULT_PROFILE } from '../src/scheduler/profiles/default.ts';

/**
 * Pods per second through the scheduling cycle: filter, score, pick, and the cache brought up to date for the next pod.
 * Writing the binding is the API machinery's cost and has a benchmark of its own.
 */
const PODS = 10_000;

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

/** What making the pods and one closure each costs by itself. */
function floor(): number {
  const began = cpuMs();
  const kept: (() => string)[] = [];
  for (let i = 0; i < PODS; i++) {
    const pod = podOf(i);
    kept.push(() => pod.metadata.name as string);
  }
  if (kept.length !== PODS) throw new Error('the floor lost pods');
  return cpuMs() - began;
}

const perSecond = (ms: number): string =>
  Math.round((PODS * 1000) / ms)
    .toLocaleString('en')
    .padStart(12);

run(100, {});
console.log(`floor: an object and a closure per pod     ${perSecond(floor())} pods/s`);
for (const nodes of [1000, 5000]) {
  console.log(`${nodes} nodes, plain pods of one ReplicaSet    ${perSecond(run(nodes, {}))} pods/s`);
}
const spread = {
  topologySpreadConstraints: [
    { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { app: 'web' } } },
  ],
};
console.log(`1000 nodes, spread over zones               ${perSecond(run(1000, spread))} pods/s`);
const term = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'web' } } };
const apart = { affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term }] } } };
console.log(`1000 nodes, preferably apart                ${perSecond(run(1000, apart))} pods/s`);
