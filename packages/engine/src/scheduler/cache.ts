import type { ClusterEvent } from '../core/event.ts';
import { type ObjectKey, splitKey } from '../core/key.ts';
import type { Projection } from '../core/projection.ts';
import type { View } from '../core/txn.ts';
import { isAssignedPod, isResizing, type NodeObject, type PodObject } from '../kinds/shared/pod.ts';
import { ActivePods } from './active.ts';
import { PodCounters } from './counters.ts';
import { type Domains, domainsOf } from './domains.ts';
import { ExistingTerms } from './existing-terms.ts';
import { ImageSizes } from './image-sizes.ts';
import { NodeInfo } from './node-info.ts';
import { type PodInfo, podInfoOf } from './pod-info.ts';
import { Ratings } from './ratings.ts';
import { Workspace } from './workspace.ts';

export { NodeInfo } from './node-info.ts';

const FIRST_SLOTS = 64;

/** Nodes in order of their names, with what their pods take; kept up to date event by event. Models pkg/scheduler/backend/cache. */
export class SchedulerCache {
  readonly nodes: NodeInfo[] = [];
  private readonly byName = new Map<string, NodeInfo>();
  private readonly pods = new Map<ObjectKey, PodInfo>();
  /** Pods bound to nodes that are not there, by node. */
  private readonly homeless = new Map<string, Set<PodInfo>>();
  private readonly freeSlots: number[] = [];
  private nextSlot = 0;
  private slots = FIRST_SLOTS;
  private readonly domainsByKey = new Map<string, Domains>();
  private clock = 0;
  /** By slot: another number whenever a node, or what its pods take, has changed. Models NodeInfo.Generation. */
  generations = new Float64Array(FIRST_SLOTS);
  readonly ratings = new Ratings();
  readonly workspace = new Workspace();
  private readonly bySlot: NodeInfo[] = [];
  readonly images = new ImageSizes(this.nodes, FIRST_SLOTS);
  readonly counters = new PodCounters(this.nodes, FIRST_SLOTS);
  readonly existing = new ExistingTerms(FIRST_SLOTS);
  readonly active = new ActivePods();
  /** Nodes with PreferNoSchedule taints. */
  softTainted = 0;

  node(name: string): NodeInfo | undefined {
    return this.byName.get(name);
  }

  nodeAt(slot: number): NodeInfo {
    return this.bySlot[slot] as NodeInfo;
  }

  /** Every column has this many entries. */
  get slotCount(): number {
    return this.slots;
  }

  domains(topologyKey: string): Domains {
    let known = this.domainsByKey.get(topologyKey);
    if (!known) {
      known = domainsOf(topologyKey, this.nodes, this.slots);
      this.domainsByKey.set(topologyKey, known);
    }
    return known;
  }

  private changed({ slot }: NodeInfo): void {
    this.generations[slot] = ++this.clock;
  }

  setNode(node: NodeObject): void {
    const name = node.metadata.name as string;
    const known = this.byName.get(name);
    if (known) {
      const labelsChanged = known.node.metadata.labels !== node.metadata.labels;
      const imagesChanged = known.node.status?.images !== node.status?.images;
      this.softTainted -= known.softTaints.length > 0 ? 1 : 0;
      if (imagesChanged) this.images.count(known, -1);
      known.setNode(node);
      if (imagesChanged) this.images.count(known, 1);
      this.softTainted += known.softTaints.length > 0 ? 1 : 0;
      if (labelsChanged) this.domainsByKey.clear();
      this.changed(known);
      return;
    }
    this.addNode(new NodeInfo(name, this.takeSlot(), node));
  }

  private addNode(info: NodeInfo): void {
    this.byName.set(info.name, info);
    this.bySlot[info.slot] = info;
    this.nodes.splice(this.position(info.name), 0, info);
    this.softTainted += info.softTaints.length > 0 ? 1 : 0;
    this.images.count(info, 1);
    this.domainsByKey.clear();
    this.changed(info);
    const waiting = this.homeless.get(info.name);
    this.homeless.delete(info.name);
    if (waiting) for (const pod of waiting) this.settle(pod, info);
  }

  removeNode(name: string): void {
    const info = this.byName.get(name);
    if (!info) return;
    const pods = [...info.pods.values()];
    for (const pod of pods) this.unsettle(pod, info);
    this.byName.delete(name);
    this.nodes.splice(this.position(name), 1);
    this.freeSlots.push(info.slot);
    this.softTainted -= info.softTaints.length > 0 ? 1 : 0;
    this.images.count(info, -1);
    this.domainsByKey.clear();
    if (pods.length > 0) this.homeless.set(name, new Set(pods));
  }

  private takeSlot(): number {
    const free = this.freeSlots.pop();
    if (free !== undefined) return free;
    if (this.nextSlot === this.slots) {
      const before = this.generations;
      this.slots *= 2;
      this.generations = new Float64Array(this.slots);
      this.generations.set(before);
      this.images.resize(this.slots);
      this.counters.resize(this.slots);
      this.existing.resize(this.slots);
    }
    return this.nextSlot++;
  }

  private position(name: string): number {
    let low = 0;
    let high = this.nodes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.nodes[middle] as NodeInfo).name < name) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Takes note of a pod as it is now; undefined when it is gone. */
  setPod(key: ObjectKey, pod: PodObject | undefined): void {
    this.active.set(key, pod);
    const known = this.pods.get(key);
    const counts = pod !== undefined && isAssignedPod(pod);
    if (known && counts && sameForScheduling(known.pod, pod)) {
      known.pod = pod;
      return;
    }
    if (known) this.dropPod(known);
    if (counts) this.addPod(podInfoOf(pod));
  }

  private addPod(pod: PodInfo): void {
    this.pods.set(pod.key, pod);
    const node = this.byName.get(pod.nodeName);
    if (node) {
      this.settle(pod, node);
      return;
    }
    const waiting = this.homeless.get(pod.nodeName);
    if (waiting) waiting.add(pod);
    else this.homeless.set(pod.nodeName, new Set([pod]));
  }

  private dropPod(pod: PodInfo): void {
    this.pods.delete(pod.key);
    const node = this.byName.get(pod.nodeName);
    if (node) this.unsettle(pod, node);
    else this.homeless.get(pod.nodeName)?.delete(pod);
  }

  private settle(pod: PodInfo, node: NodeInfo): void {
    node.add(pod);
    this.changed(node);
    this.counters.count(pod, node.slot, 1);
    this.existing.count(pod, node.slot, 1);
  }

  private unsettle(pod: PodInfo, node: NodeInfo): void {
    node.remove(pod);
    this.changed(node);
    this.counters.count(pod, node.slot, -1);
    this.existing.count(pod, node.slot, -1);
  }
}

const sameForScheduling = (a: PodObject, b: PodObject): boolean =>
  a.spec === b.spec &&
  a.metadata.labels === b.metadata.labels &&
  a.metadata.deletionTimestamp === b.metadata.deletionTimestamp &&
  (a.status === b.status || !(isResizing(a) || isResizing(b)));

export const schedulerCache: Projection<SchedulerCache> = {
  name: 'scheduler',
  build(view: View): SchedulerCache {
    const cache = new SchedulerCache();
    for (const node of view.list('core/nodes')) cache.setNode(node as NodeObject);
    for (const pod of view.list('core/pods') as PodObject[]) {
      cache.setPod(`core/pods/${pod.metadata.namespace}/${pod.metadata.name}`, pod);
    }
    return cache;
  },
  apply(cache: SchedulerCache, event: ClusterEvent): void {
    const { resource, name } = splitKey(event.key);
    if (resource === 'core/pods') cache.setPod(event.key, event.type === 'DELETED' ? undefined : (event.stored.object as PodObject));
    else if (resource === 'core/nodes') {
      if (event.type === 'DELETED') cache.removeNode(name);
      else cache.setNode(event.stored.object as NodeObject);
    }
  },
};
