import type { Container, ResourceRequirements } from '@vivakube/schema/types/core.v1';
import { semanticEqual } from '../kinds/shared/equal.ts';
import type { PodObject } from '../kinds/shared/pod.ts';
import { roomFor } from './admission.ts';
import { type Hindrance, memoryHindrance } from './memory-decrease.ts';
import { foreseeEnd } from './oom.ts';
import { programOf } from './runs.ts';
import type { ContainerState, PodState, Size } from './state.ts';
import { stopContainer } from './stop.ts';
import { type PodSync, specOf } from './sync.ts';

/** Waited for by pods whose new size finds no room on their node yet. */
export const roomOn = (node: string): string => `room/${node}`;

/**
 * What a changed spec asks for is allocated if the node has room for it, and waits otherwise.
 * Models handlePodResourcesResize in pkg/kubelet/allocation/allocation_manager.go.
 */
export function allocate(sync: PodSync): void {
  const { pod, state } = sync;
  if (!state.resize && pod.metadata.generation === pod.status?.observedGeneration) return;
  if (state.stopping || state.stage === 'finished') return;
  const changed = state.containers.filter((c) => isResizable(c) && !semanticEqual(allocatedTo(sync, c), specOf(sync, c).resources));
  const podChanged = pod.spec.resources !== undefined && !semanticEqual((state.resources ?? podSizeBefore(pod)).allocated, pod.spec.resources);
  if (changed.length === 0 && !podChanged) settle(sync);
  else ask(sync, changed);
}

function ask(sync: PodSync, changed: ContainerState[]): void {
  for (const container of changed) container.resources ??= sizeBefore(sync, container);
  if (sync.pod.spec.resources) sync.state.resources ??= podSizeBefore(sync.pod);
  const refusal = refusalOf(sync);
  if (refusal) putOff(sync, refusal);
  else begin(sync, changed);
}

const isResizable = ({ role, run }: ContainerState): boolean => (role === 'app' || role === 'sidecar') && run !== undefined;

const allocatedTo = (sync: PodSync, container: ContainerState): ResourceRequirements | undefined =>
  (container.resources ?? sizeBefore(sync, container)).allocated;

/** Before a resize there is one size; the status tells which it was. */
function sizeBefore({ pod }: PodSync, { name }: ContainerState): Size {
  const { containerStatuses = [], initContainerStatuses = [] } = pod.status ?? {};
  const was = ([...containerStatuses, ...initContainerStatuses].find((s) => s.name === name)?.resources ?? {}) as ResourceRequirements;
  return { allocated: was, actual: was };
}

/** The size of the pod as a whole. */
function podSizeBefore({ status }: PodObject): Size {
  const was = (status?.resources ?? {}) as ResourceRequirements;
  return { allocated: was, actual: was };
}

interface Refusal {
  reason: 'Infeasible' | 'Deferred';
  message: string;
}

function refusalOf({ pod, view }: PodSync): Refusal | undefined {
  const lack = roomFor(view, pod, ['cpu', 'memory']);
  if (!lack) return undefined;
  const { resource, requested, capacity, message } = lack;
  return requested > capacity
    ? { reason: 'Infeasible', message: `Node didn't have enough capacity: ${resource}, requested: ${requested}, capacity: ${capacity}` }
    : { reason: 'Deferred', message };
}

function putOff(sync: PodSync, { reason, message }: Refusal): void {
  const { state, pod, node } = sync;
  if (reason === 'Deferred') sync.await(roomOn(node.name));
  const known = state.resize?.pending;
  const pending = { reason, message, generation: pod.metadata.generation ?? 0 };
  if (known && semanticEqual(known, pending)) return;
  state.resize = { ...state.resize, pending };
  sync.event('Warning', `Resize${reason}`, `Pod resize ${reason}: ${summary(sync, message)}`);
}

function begin(sync: PodSync, changed: ContainerState[]): void {
  const { state, pod, now, timing } = sync;
  for (const container of changed) {
    const { actual = {} } = container.resources ?? {};
    container.resources = { allocated: specOf(sync, container).resources ?? {}, actual };
  }
  if (state.resources) state.resources = { allocated: pod.spec.resources ?? {}, actual: state.resources.actual };
  state.resize = { due: now + timing.noticeMs(), generation: pod.metadata.generation ?? 0 };
  sync.event('Normal', 'ResizeStarted', `Pod resize started: ${summary(sync)}`);
}

/** Nothing is left to allocate: what was put off is no longer wanted. */
function settle({ state }: PodSync): void {
  delete state.resize?.pending;
  if (state.resize && state.resize.due === undefined && state.resize.error === undefined) forget(state);
}

function forget(state: PodState): void {
  delete state.resize;
  delete state.resources;
  for (const container of state.containers) delete container.resources;
}

/** What was allocated takes effect: in place, or with a new run where the container asks for that. Models computePodResizeAction. */
export function actuate(sync: PodSync): boolean {
  const { state, now } = sync;
  if (state.resize?.due === undefined || state.resize.due > now) return false;
  const hindrance = memoryHindrance(sync);
  if (hindrance) return hinder(sync, hindrance);
  delete state.resize.error;
  for (const container of state.containers) {
    if (!container.resources) continue;
    const { allocated, actual } = container.resources;
    if (container.step === 'running' && needsRestart(specOf(sync, container), actual, allocated)) restart(sync, container);
    container.resources.actual = allocated;
    if (container.step === 'running') foreseeEnd(sync, container, programOf(sync, container));
  }
  if (state.resources) state.resources.actual = state.resources.allocated;
  sync.event('Normal', 'ResizeCompleted', `Pod resize completed: ${summary(sync)}`);
  delete state.resize.due;
  if (!state.resize.pending) forget(state);
  return true;
}

/** It is tried again when the usage changes, or with another size. */
function hinder(sync: PodSync, { message, until }: Hindrance): true {
  const resize = sync.state.resize as NonNullable<PodState['resize']>;
  if (resize.error !== message) sync.event('Warning', 'ResizeError', `Pod resize error: ${summary(sync, message)}`);
  resize.error = message;
  if (until === undefined) delete resize.due;
  else resize.due = until;
  return true;
}

function restart(sync: PodSync, container: ContainerState): void {
  const graceMs = (sync.pod.spec.terminationGracePeriodSeconds ?? 30) * 1000;
  stopContainer(sync, container, sync.now + graceMs, `Container ${container.name} resize requires restart`);
}

/** A request for memory is nothing that a running container has. */
function needsRestart({ resizePolicy = [] }: Container, before: ResourceRequirements, after: ResourceRequirements): boolean {
  const restarts = (resource: string) => resizePolicy.some((p) => p.resourceName === resource && p.restartPolicy === 'RestartContainer');
  const differs = (list: 'limits' | 'requests', resource: string) => before[list]?.[resource] !== after[list]?.[resource];
  return (restarts('cpu') && (differs('limits', 'cpu') || differs('requests', 'cpu'))) || (restarts('memory') && differs('limits', 'memory'));
}

/** Models podResizeMessage in pkg/kubelet/events/resize.go. */
function summary({ pod }: PodSync, error?: string): string {
  const sizes = (containers: readonly Container[]) => containers.map(({ name, resources = {} }) => ({ name, resources }));
  const { initContainers = [], containers } = pod.spec;
  return JSON.stringify({
    ...(initContainers.length > 0 ? { initContainers: sizes(initContainers) } : {}),
    containers: sizes(containers),
    generation: pod.metadata.generation ?? 0,
    ...(error ? { error } : {}),
  });
}
