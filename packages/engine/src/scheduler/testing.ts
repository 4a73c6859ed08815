import type { KubeObject } from '../core/object.ts';
import type { View } from '../core/txn.ts';
import type { NodeObject, PodObject } from '../kinds/shared/pod.ts';
import { SchedulerCache } from './cache.ts';
import { type Outcome, placePod } from './cycle.ts';
import { fitMessage } from './fit-error.ts';
import { podInfoOf } from './pod-info.ts';
import { DEFAULT_POST_FILTERS, runPostFilters } from './post-filter.ts';
import { DEFAULT_PROFILE } from './profiles/default.ts';

/** Nodes and pods for tables of tests, as short as they can be said. */
export function node(
  name: string,
  {
    labels = {},
    taints = [],
    allocatable = {},
    unschedulable = false,
  }: { labels?: Record<string, string>; taints?: object[]; allocatable?: Record<string, string>; unschedulable?: boolean } = {},
): NodeObject {
  return {
    kind: 'Node',
    apiVersion: 'v1',
    metadata: { name, labels: { 'kubernetes.io/hostname': name, ...labels } },
    spec: { ...(taints.length > 0 ? { taints } : {}), ...(unschedulable ? { unschedulable } : {}) },
    status: { allocatable: { cpu: '4', memory: '8Gi', pods: '110', ...allocatable } },
  } as NodeObject;
}

let count = 0;

export function pod(
  name: string,
  spec: object = {},
  { labels = {}, requests = {} }: { labels?: Record<string, string>; requests?: Record<string, string> } = {},
): PodObject {
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: { name, namespace: 'default', uid: `uid-${name}-${++count}`, labels },
    spec: { containers: [{ name: 'c', image: 'nginx', resources: { requests } }], ...spec },
  } as unknown as PodObject;
}

/** Where a pod goes among nodes and pods that are there, or the sentence that says why not. */
export function place(
  wanted: PodObject,
  nodes: readonly NodeObject[],
  existing: readonly PodObject[] = [],
  objects: readonly KubeObject[] = [],
): string {
  const outcome = attempt(wanted, nodes, existing, objects);
  if (outcome.type === 'placed') return outcome.node.name;
  const cache = cacheOf(nodes, existing);
  if (outcome.type === 'no-nodes') return 'no nodes';
  if (outcome.type === 'failed') return outcome.rejection.reasons.join(', ');
  const { message } = runPostFilters(
    DEFAULT_POST_FILTERS,
    { pod: podInfoOf(wanted), cache, view: viewOf(objects), profile: DEFAULT_PROFILE },
    outcome.rejected,
  );
  return fitMessage(nodes.length, outcome.rejected, outcome.podRejection, message);
}

export const attempt = (
  wanted: PodObject,
  nodes: readonly NodeObject[],
  existing: readonly PodObject[],
  objects: readonly KubeObject[] = [],
): Outcome => placePod({ pod: podInfoOf(wanted), cache: cacheOf(nodes, existing), view: viewOf(objects), profile: DEFAULT_PROFILE }, 'seed');

export function cacheOf(nodes: readonly NodeObject[], pods: readonly PodObject[]): SchedulerCache {
  const cache = new SchedulerCache();
  for (const n of nodes) cache.setNode(n);
  for (const p of pods) cache.setPod(`core/pods/${p.metadata.namespace}/${p.metadata.name}`, p);
  return cache;
}

const viewOf = (objects: readonly KubeObject[]): View =>
  ({
    runtimeKeys: () => [],
    list: (resource: string) => objects.filter((o) => `core/${o.kind.toLowerCase()}s` === resource),
    get: (key: string) => objects.find((o) => key.endsWith(`${o.kind.toLowerCase()}s/${o.metadata.namespace ?? ''}/${o.metadata.name}`)),
  }) as unknown as View;
