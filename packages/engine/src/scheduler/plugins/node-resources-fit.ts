import { backingOf } from '../devices/extended.ts';
import { NODE_SCORE_MAX, type Plugin, type Rejection, reject } from '../framework.ts';
import type { NodeInfo } from '../node-info.ts';
import type { PodInfo } from '../pod-info.ts';
import { resourcesRemedy } from './node-resources-remedy.ts';
import { CPU_AND_MEMORY, type ResourceWeight, requestsText, type Strategy, scoreWith } from './resources/strategy.ts';

const NAME = 'NodeResourcesFit';
const TOO_MANY_PODS = reject(NAME, 'Unschedulable', 'Too many pods');

/** Models NodeResourcesFitArgs. */
export interface FitOptions {
  /** The emptier the better, by cpu and memory, unless said otherwise. */
  scoring?: { strategy: Strategy; resources: readonly ResourceWeight[] | undefined };
  ignored?: readonly string[];
  ignoredGroups?: readonly string[];
}

/** Models pkg/scheduler/framework/plugins/noderesources/fit.go. */
export const nodeResourcesFitWith = ({ scoring, ignored = [], ignoredGroups = [] }: FitOptions): Plugin => ({
  name: NAME,
  weight: 1,
  sign: (pod, view) => `${requestsText(pod)},${pod.lightTask ?? ''},${[...backingOf(view, pod).keys()].join()}`,
  filter: ({ pod, view }) => {
    const backing = backingOf(view, pod);
    const counts = (resource: string): boolean => !ignored.includes(resource) && !ignoredGroups.includes(resource.slice(0, resource.indexOf('/')));
    // What a node has none of, devices are to provide.
    const isAsked = (resource: string, node: NodeInfo): boolean =>
      counts(resource) && !(backing.has(resource) && (node.allocatable.get(resource) ?? 0) === 0);
    return (node) => (fits(pod, node) ? undefined : shortage(pod, node, isAsked));
  },
  rate: ({ pod }) =>
    scoring ? (node) => scoreWith(scoring.strategy, scoring.resources ?? CPU_AND_MEMORY, pod, node) : (node) => leastAllocated(pod, node),
  remedy: ({ pod }, node) => resourcesRemedy(pod, node),
  helpedBy: ['node-added', 'node-allocatable', 'pod-removed', 'device-class'],
});

export const nodeResourcesFit = nodeResourcesFitWith({});

/** The plain case without building reasons. */
const fits = (pod: PodInfo, node: NodeInfo): boolean =>
  node.pods.size < node.allocatablePods &&
  (pod.milliCpu === 0 || pod.milliCpu <= node.allocatableMilliCpu - node.requestedMilliCpu) &&
  (pod.memoryBytes === 0 || pod.memoryBytes <= node.allocatableMemoryBytes - node.requestedMemoryBytes) &&
  pod.ephemeralBytes === 0 &&
  pod.scalars === undefined;

function shortage(pod: PodInfo, node: NodeInfo, isAsked: (resource: string, node: NodeInfo) => boolean): Rejection | undefined {
  const reasons: string[] = [];
  let hopeless = false;
  const ask = (name: string, wanted: number, allocatable: number, requested: number): void => {
    if (wanted === 0 || wanted <= allocatable - requested) return;
    reasons.push(`Insufficient ${name}`);
    if (wanted > allocatable) hopeless = true;
  };
  if (node.pods.size >= node.allocatablePods) reasons.push(TOO_MANY_PODS.reasons[0] as string);
  ask('cpu', pod.milliCpu, node.allocatableMilliCpu, node.requestedMilliCpu);
  ask('memory', pod.memoryBytes, node.allocatableMemoryBytes, node.requestedMemoryBytes);
  ask('ephemeral-storage', pod.ephemeralBytes, node.allocatableEphemeralBytes, node.requestedEphemeralBytes);
  if (pod.scalars)
    for (const [name, wanted] of pod.scalars)
      if (isAsked(name, node)) ask(name, wanted, node.allocatable.get(name) ?? 0, node.requestedScalars.get(name) ?? 0);
  return reasons.length === 0 ? undefined : rejectionFor(hopeless ? 'UnschedulableAndUnresolvable' : 'Unschedulable', reasons);
}

const REJECTIONS_MAX = 256;
const rejections = new Map<string, Rejection>();

/** The same reasons come again from node after node. */
function rejectionFor(code: Rejection['code'], reasons: string[]): Rejection {
  const text = `${code}|${reasons.join('|')}`;
  const known = rejections.get(text);
  if (known) return known;
  if (rejections.size >= REJECTIONS_MAX) rejections.clear();
  const made = reject(NAME, code, ...reasons);
  rejections.set(text, made);
  return made;
}

/** The emptier the better, cpu and memory alike. Models least_allocated.go. */
function leastAllocated(pod: PodInfo, node: NodeInfo): number {
  const scoredMilliCpu = pod.lightTask === undefined ? node.scoredMilliCpu : node.scoredFor(pod).milliCpu;
  const scoredMemoryBytes = pod.lightTask === undefined ? node.scoredMemoryBytes : node.scoredFor(pod).memoryBytes;
  let points = 0;
  let weight = 0;
  if (node.allocatableMilliCpu > 0) {
    points += freeShare(scoredMilliCpu + pod.scoredMilliCpu, node.allocatableMilliCpu);
    weight++;
  }
  if (node.allocatableMemoryBytes > 0) {
    points += freeShare(scoredMemoryBytes + pod.scoredMemoryBytes, node.allocatableMemoryBytes);
    weight++;
  }
  return weight === 0 ? 0 : Math.floor(points / weight);
}

const freeShare = (requested: number, allocatable: number): number =>
  requested > allocatable ? 0 : Math.floor(((allocatable - requested) * NODE_SCORE_MAX) / allocatable);
