import type { Instant } from '../core/instant.ts';
import { releaseAddress, takeAddress } from './addresses.ts';
import { awaitsAttachment } from './attachments.ts';
import { mountedObjects, noteContents } from './contents.ts';
import { deviceProblem } from './devices.ts';
import { endPostStarts } from './hooks.ts';
import { storageExcess } from './local-storage.ts';
import { forgetMount, tellOfMount } from './mount-retry.ts';
import { nextStartAt, nextToStart } from './order.ts';
import { probeAll } from './probes.ts';
import { actuate } from './resize.ts';
import { restartAll } from './restart-all.ts';
import { endRuns } from './runs.ts';
import { workOn } from './start.ts';
import type { ContainerState, PodState } from './state.ts';
import { beginStopping, isStopped, nextKillAt, stopSidecars, tellToGo } from './stop.ts';
import type { PodSync } from './sync.ts';
import { earliest } from './timing.ts';
import { mountProblem } from './volumes.ts';

/** More transitions at one instant than any pod can need. */
const TRANSITIONS_MAX = 1000;

/** Does everything that is due for a pod, then says when the next thing is. */
export function advancePod(sync: PodSync): Instant | undefined {
  for (let i = 0; i < TRANSITIONS_MAX; i++) {
    if (!transition(sync)) return nextDue(sync);
  }
  throw new Error(`pod ${sync.state.key} does not come to rest at ${sync.now}`);
}

/** One change of state, if one is due. Models the order of SyncPod and its helpers in pkg/kubelet. */
function transition(sync: PodSync): boolean {
  const { state } = sync;
  if (state.stage === 'finished') return false;
  if (beginStopping(sync)) return true;
  if (endRuns(sync)) return true;
  if (restartAll(sync)) return true;
  if (endPostStarts(sync)) return true;
  if (tellToGo(sync)) return true;
  if (state.stopping) return finishStopping(sync);
  if (state.stage === 'mounting') return mount(sync);
  if (state.stage === 'sandbox') return openSandbox(sync);
  if (actuate(sync)) return true;
  if (probeAll(sync)) return true;
  if (stopSidecars(sync)) return true;
  const container = nextToStart(sync);
  return container ? workOn(sync, container) : finishIfDone(sync);
}

function finishStopping(sync: PodSync): boolean {
  return isStopped(sync.state) && finish(sync);
}

function mount(sync: PodSync): boolean {
  const { state, now, timing, pod } = sync;
  const problem = mountProblem(sync);
  if (problem) return tellOfMount(sync, 'FailedMount', problem.message);
  if (awaitsAttachment(sync)) {
    forgetMount(state);
    return false;
  }
  const devices = deviceProblem(sync);
  if (devices !== undefined) return tellOfMount(sync, 'FailedPrepareDynamicResources', devices);
  forgetMount(state);
  for (const object of mountedObjects(pod)) noteContents(sync.view, sync.setRuntime, object);
  state.stage = 'sandbox';
  const sandboxMs = timing.sandboxMs(state.node);
  if (sandboxMs > 0) state.due = now + sandboxMs;
  return true;
}

function openSandbox(sync: PodSync): boolean {
  const { state, now, node, pod } = sync;
  if (state.due !== undefined && state.due > now) return false;
  const address = pod.spec.hostNetwork ? node.address : takeAddress(sync.view, sync.setRuntime, node.name, node.podCidr, pod);
  if (address === undefined) {
    sync.event(
      'Warning',
      'FailedCreatePodSandBox',
      `Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox: plugin type="ptp" failed (add): failed to allocate for range 0: no IP addresses available in range set: ${node.podCidr}`,
    );
    state.due = now + 60_000;
    return false;
  }
  if (state.due !== undefined) delete state.due;
  state.address = address;
  state.sandboxAt = now;
  state.stage = 'running';
  return true;
}

/** A pod whose containers have all ended for good, or whose initialisation has failed for good. */
function finishIfDone(sync: PodSync): boolean {
  const { containers } = sync.state;
  const initFailed = containers.some((c) => c.role === 'init' && endedForGood(c) && c.run?.exitCode !== 0);
  const apps = containers.filter((c) => c.role === 'app');
  if (!initFailed && !apps.every((c) => endedForGood(c))) return false;
  return isStopped(sync.state) && finish(sync);
}

/** Nothing of the pod is left on the node but its records. */
function finish({ state, view, setRuntime, pod }: PodSync): true {
  state.stage = 'finished';
  if (state.address) releaseAddress(view, setRuntime, state.node, state.address, pod.metadata.uid as string);
  return true;
}

const endedForGood = (container: ContainerState): boolean => container.step === 'exited' && container.due === undefined;

function nextDue(sync: PodSync): Instant | undefined {
  const { state, pod } = sync;
  if (state.stage === 'finished') return undefined;
  const dues: (Instant | undefined)[] = [state.due, deadlineOf(state, pod.spec.activeDeadlineSeconds)];
  if (state.stage === 'running' && !state.stopping) dues.push(nextStartAt(sync), state.resize?.due, storageExcess(sync)?.at);
  for (const { step, run, kill, probes, postStart } of state.containers) {
    if (step !== 'running') continue;
    dues.push(kill && nextKillAt(kill), run?.endsAt, postStart?.failed ? undefined : postStart?.until);
    if (!state.stopping && !kill) dues.push(probes.startup?.next, probes.readiness?.next, probes.liveness?.next);
  }
  const due = earliest(...dues);
  if (due !== undefined && due <= sync.now) throw new Error(`pod ${state.key} has left undone what was due at ${due}`);
  return due;
}

const deadlineOf = (state: PodState, seconds: number | undefined): Instant | undefined =>
  seconds === undefined || state.stopping ? undefined : state.admittedAt + seconds * 1000;
