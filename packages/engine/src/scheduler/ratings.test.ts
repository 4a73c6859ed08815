import { describe, expect, it } from 'vitest';
import { hash32 } from '../core/chance.ts';
import type { KubeObject } from '../core/object.ts';
import type { View } from '../core/txn.ts';
import type { NodeObject, PodObject } from '../kinds/shared/pod.ts';
import { SchedulerCache } from './cache.ts';
import { type Outcome, placePod } from './cycle.ts';
import type { Cycle } from './framework.ts';
import { podInfoOf } from './pod-info.ts';
import { configurationOf } from './profiles/configuration.ts';
import { DEFAULT_PROFILE } from './profiles/default.ts';
import type { Profile } from './profiles/profile.ts';
import { node, pod } from './testing.ts';

/** A seeded world in which nodes and pods come, change and go, and pods that are promised nodes wait. */
class Worlds {
  readonly cache = new SchedulerCache();
  readonly nodes = new Map<string, NodeObject>();
  readonly bound = new Map<string, PodObject>();
  private readonly promised = new Map<string, { pod: PodObject; node: string }>();
  private draws = 0;
  private made = 0;

  constructor(private readonly seed: number) {
    for (let i = 0; i < 40 + this.below(100); i++) this.addNode();
  }

  below(limit: number): number {
    return hash32(`${this.seed} ${this.draws++}`) % limit;
  }

  oneOf<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T;
  }

  readonly view = {
    runtimeKeys: (prefix: string) => (prefix === 'scheduler/nominated/' ? [...this.promised.keys()].map((key) => prefix + key) : []),
    runtime: (key: string) => this.promised.get(key.replace('scheduler/nominated/', ''))?.node,
    list: (resource: string) => (resource === 'core/services' ? [SERVICE] : []),
    get: (key: string) => (key === 'apps/replicasets/default/web' ? REPLICA_SET : this.promised.get(key)?.pod),
    indexed: () => [],
  } as unknown as View;

  addNode(name = `n${this.made++}`): void {
    const labels: Record<string, string> = { disk: this.oneOf(['ssd', 'hdd']) };
    if (this.below(10) > 0) labels['topology.kubernetes.io/zone'] = `z${this.below(4)}`;
    const taints = [
      ...(this.below(6) === 0 ? [{ key: 'only', value: 'x', effect: 'NoSchedule' }] : []),
      ...(this.below(5) === 0 ? [{ key: 'rather', effect: 'PreferNoSchedule' }] : []),
    ];
    const allocatable = {
      cpu: this.oneOf(['2', '4', '8']),
      memory: this.oneOf(['4Gi', '8Gi']),
      pods: this.oneOf(['8', '110']),
      'x.io/gpu': this.oneOf(['0', '2']),
    };
    const made = node(name, { labels, taints, allocatable, unschedulable: this.below(12) === 0 });
    const images = this.below(3) === 0 ? [{ names: ['nginx:latest'], sizeBytes: 100_000_000 * (1 + this.below(9)) }] : [];
    this.setNode({ ...made, status: { ...made.status, images } } as NodeObject);
  }

  private setNode(made: NodeObject): void {
    this.nodes.set(made.metadata.name as string, made);
    this.cache.setNode(made);
  }

  removeNode(): void {
    const name = this.oneOf([...this.nodes.keys()]);
    this.nodes.delete(name);
    this.cache.removeNode(name);
  }

  bind(wanted: PodObject, nodeName: string): void {
    const key = keyOf(wanted);
    const bound = { ...wanted, spec: { ...wanted.spec, nodeName } } as PodObject;
    this.promised.delete(key);
    this.bound.set(key, bound);
    this.cache.setPod(key, bound);
  }

  removePod(): void {
    if (this.bound.size === 0) return;
    const key = this.oneOf([...this.bound.keys()]);
    this.bound.delete(key);
    this.cache.setPod(key, undefined);
  }

  /** Something else than a placement. */
  happen(): void {
    const some = this.below(14);
    if (some === 0) this.addNode();
    else if (some === 1) this.removeNode();
    else if (some === 2) this.addNode(this.oneOf([...this.nodes.keys()]));
    else if (some <= 5) this.removePod();
    else if (some === 6)
      this.promised.set(`core/pods/default/promised-${this.made++}`, {
        pod: { ...this.wanted(), spec: { ...this.wanted().spec, priority: 5 } } as PodObject,
        node: this.oneOf([...this.nodes.keys()]),
      });
    else if (some === 7) this.promised.clear();
  }

  wanted(): PodObject {
    const app = this.oneOf(['web', 'db', 'batch']);
    const term = { topologyKey: this.oneOf(['kubernetes.io/hostname', 'topology.kubernetes.io/zone']), labelSelector: { matchLabels: { app } } };
    const specs: object[] = [
      {},
      {},
      {},
      { nodeSelector: { disk: 'ssd' } },
      { tolerations: [{ key: 'only', operator: 'Exists' }] },
      {
        affinity: {
          nodeAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              { weight: 7, preference: { matchExpressions: [{ key: 'disk', operator: 'In', values: ['hdd'] }] } },
            ],
          },
        },
      },
      { affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 10, podAffinityTerm: term }] } } },
      { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } },
      { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } },
      {
        topologySpreadConstraints: [
          {
            maxSkew: 2,
            topologyKey: term.topologyKey,
            whenUnsatisfiable: this.oneOf(['DoNotSchedule', 'ScheduleAnyway']),
            labelSelector: term.labelSelector,
          },
        ],
      },
      { containers: [{ name: 'c', image: 'nginx', ports: [{ hostPort: 80 + this.below(2), containerPort: 80 }] }] },
      {
        topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
          maxSkew: 1,
          topologyKey,
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: term.labelSelector,
        })),
      },
    ];
    const requests = this.oneOf([{}, { cpu: '100m', memory: '128Mi' }, { cpu: '1' }, { cpu: '500m', 'x.io/gpu': '1' }]) as Record<string, string>;
    const made = pod(`${app}-${this.made++}`, this.oneOf(specs), { labels: { app }, requests });
    made.metadata.uid = `${this.seed}-${this.made}`;
    if (app === 'web') made.metadata.ownerReferences = [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'rs', controller: true }];
    return made;
  }
}

const SERVICE = { kind: 'Service', metadata: { name: 'web', namespace: 'default' }, spec: { selector: { app: 'web' } } } as unknown as KubeObject;
const REPLICA_SET = { kind: 'ReplicaSet', metadata: { name: 'web', namespace: 'default' }, spec: { selector: { matchLabels: { app: 'web' } } } };
const keyOf = ({ metadata }: PodObject): string => `core/pods/${metadata.namespace}/${metadata.name}`;

/** What can be seen of an attempt. */
const shown = (outcome: Outcome): string => JSON.stringify(seen(outcome));
const seen = (outcome: Outcome): unknown =>
  outcome.type === 'placed'
    ? [outcome.node.name, outcome.feasible, outcome.evaluated, outcome.best, outcome.weights, [...outcome.refusals.byName()]]
    : outcome.type === 'refused'
      ? [[...outcome.rejected], outcome.podRejection]
      : [];

/** The same cluster, with nothing remembered of how it came about. */
function rebuilt({ nodes, bound }: Worlds): SchedulerCache {
  const cache = new SchedulerCache();
  for (const made of nodes.values()) cache.setNode(made);
  for (const [key, made] of bound) cache.setPod(key, made);
  return cache;
}

const packing = configurationOf({
  data: {
    'config.yaml': JSON.stringify({
      apiVersion: 'kubescheduler.config.k8s.io/v1',
      kind: 'KubeSchedulerConfiguration',
      percentageOfNodesToScore: 60,
      profiles: [
        {
          schedulerName: 'p',
          plugins: { score: { disabled: [{ name: 'PodTopologySpread' }] } },
          pluginConfig: [{ name: 'NodeResourcesFit', args: { scoringStrategy: { type: 'MostAllocated' } } }],
        },
      ],
    }),
  },
} as unknown as KubeObject).profiles.get('p') as Profile;

describe('answers that are remembered', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('are those that asking afresh would bring, seed %i', (seed) => {
    const w = new Worlds(seed);
    let placed = 0;
    for (let i = 0; i < 120; i++) {
      w.happen();
      const wanted = w.wanted();
      const cycle: Cycle = { pod: podInfoOf(wanted), cache: w.cache, view: w.view, profile: w.below(4) === 0 ? packing : DEFAULT_PROFILE };
      const outcome = placePod(cycle, 'seed');
      const remembered = shown(outcome);
      expect(remembered).toBe(shown(placePod(cycle, 'seed', { afresh: true })));
      if (i % 10 === 0) expect(remembered).toBe(shown(placePod({ ...cycle, cache: rebuilt(w) }, 'seed', { afresh: true })));
      if (outcome.type !== 'placed') continue;
      placed++;
      w.bind(wanted, outcome.best[0]?.node as string);
    }
    expect(placed).toBeGreaterThan(50);
  });
});
