import type { Container, Probe } from '@vivakube/schema/types/core.v1';
import type { Instant } from '../core/instant.ts';
import type { Program } from '../kinds/shared/program.ts';
import { probeOnce } from './probe-result.ts';
import { programOf } from './runs.ts';
import type { ContainerState, ProbeKind, ProbeState, Run } from './state.ts';
import { stopContainer } from './stop.ts';
import { type PodSync, specOf } from './sync.ts';

// Models pkg/kubelet/prober.
const TITLES: Record<ProbeKind, string> = { startup: 'Startup', readiness: 'Readiness', liveness: 'Liveness' };
const FIELDS = { startup: 'startupProbe', readiness: 'readinessProbe', liveness: 'livenessProbe' } as const;
const KINDS: readonly ProbeKind[] = ['startup', 'liveness', 'readiness'];
/** For so long a probe is repeated that keeps failing without consequence; then it is asked again when its answer can be another. */
const FAILING_FOR_MS = 3_600_000;

const periodMs = (probe: Probe): number => (probe.periodSeconds ?? 10) * 1000;
/** A container is probed once its kubelet knows that it runs. */
const firstAt = (sync: PodSync, container: ContainerState, probe: Probe): Instant =>
  (container.run as Run).startedAt + (sync.timing.instant ? 0 : Math.max(sync.timing.noticeMs(), (probe.initialDelaySeconds ?? 0) * 1000));

/** Sets up what is to be asked of a container that has just started. */
export function firstProbes(sync: PodSync, container: ContainerState, spec: Container): void {
  container.probes = {};
  container.started = spec.startupProbe === undefined;
  if (container.started) container.hasBeenUp = true;
  container.ready = container.started && spec.readinessProbe === undefined;
  if (spec.startupProbe) arm(sync, container, 'startup', spec.startupProbe);
  else armOthers(sync, container, spec);
}

function armOthers(sync: PodSync, container: ContainerState, spec: Container): void {
  if (spec.livenessProbe) arm(sync, container, 'liveness', spec.livenessProbe);
  if (spec.readinessProbe) arm(sync, container, 'readiness', spec.readinessProbe);
}

function arm(sync: PodSync, container: ContainerState, kind: ProbeKind, probe: Probe): void {
  container.probes[kind] = { next: tickFrom(sync.now, firstAt(sync, container, probe), periodMs(probe)), successes: 0, failures: 0 };
}

/** The first instant of a probe's rhythm that is not before another. */
const tickFrom = (at: Instant, first: Instant, everyMs: number): Instant =>
  at <= first ? first : first + Math.ceil((at - first) / everyMs) * everyMs;

/** Runs one probe that is due. */
export function probeAll(sync: PodSync): boolean {
  for (const container of sync.state.containers) {
    if (container.step !== 'running' || container.kill) continue;
    for (const kind of KINDS) {
      const state = container.probes[kind];
      if (state?.next === undefined || state.next > sync.now) continue;
      run(sync, container, kind, state);
      return true;
    }
  }
  return false;
}

function run(sync: PodSync, container: ContainerState, kind: ProbeKind, state: ProbeState): void {
  const probe = specOf(sync, container)[FIELDS[kind]];
  if (!probe) throw new Error(`container ${container.name} has no ${FIELDS[kind]}`);
  const program = programOf(sync, container);
  const result = probeOnce(probe, program, { sync, container, atMs: sync.now - (container.run as Run).startedAt });
  if (result.error !== undefined) {
    sync.event('Warning', 'Unhealthy', `${TITLES[kind]} probe errored and resulted in unknown state: ${result.error}`, container);
    askAgain(sync, container, state, probe, program);
  } else if (result.ok) succeed(sync, container, kind, state, probe, program);
  else fail(sync, container, kind, state, probe, program, result.output);
}

function succeed(sync: PodSync, container: ContainerState, kind: ProbeKind, state: ProbeState, probe: Probe, program: Program): void {
  state.failures = 0;
  state.successes += 1;
  if (state.successes < (probe.successThreshold ?? 1)) {
    state.next = sync.now + periodMs(probe);
    return;
  }
  if (kind === 'readiness') container.ready = true;
  if (kind === 'startup') pass(sync, container);
  else setNext(state, changeTick(sync, container, probe, program));
}

function pass(sync: PodSync, container: ContainerState): void {
  const spec = specOf(sync, container);
  delete container.probes.startup;
  container.started = true;
  container.hasBeenUp = true;
  container.ready = spec.readinessProbe === undefined;
  armOthers(sync, container, spec);
}

const setNext = (state: ProbeState, next: Instant | undefined): void => {
  if (next === undefined) delete state.next;
  else state.next = next;
};

/** Nothing is asked while the answer is known to stay the same. */
function changeTick(sync: PodSync, container: ContainerState, probe: Probe, program: Program): Instant | undefined {
  const { startedAt } = container.run as Run;
  const change = program.changesAtMs.find((ms) => startedAt + ms > sync.now);
  return change === undefined ? undefined : tickFrom(startedAt + change, firstAt(sync, container, probe), periodMs(probe));
}

function fail(sync: PodSync, container: ContainerState, kind: ProbeKind, state: ProbeState, probe: Probe, program: Program, output: string): void {
  const threshold = probe.failureThreshold ?? 3;
  state.successes = 0;
  state.failures += 1;
  sync.event('Warning', 'Unhealthy', `${TITLES[kind]} probe failed: ${output}`, container);
  if (state.failures >= threshold) {
    if (kind !== 'readiness') {
      restartFor(sync, container, kind, probe);
      return;
    }
    container.ready = false;
  }
  askAgain(sync, container, state, probe, program);
}

/** In its rhythm for a while; then when the answer can be another. */
function askAgain(sync: PodSync, container: ContainerState, state: ProbeState, probe: Probe, program: Program): void {
  const change = changeTick(sync, container, probe, program);
  const failingMs = sync.now - (container.run as Run).startedAt;
  setNext(state, failingMs < FAILING_FOR_MS ? sync.now + periodMs(probe) : change);
}

function restartFor(sync: PodSync, container: ContainerState, kind: ProbeKind, probe: Probe): void {
  const graceSeconds = probe.terminationGracePeriodSeconds ?? sync.pod.spec.terminationGracePeriodSeconds ?? 30;
  container.probes = {};
  stopContainer(sync, container, sync.now + graceSeconds * 1000, `Container ${container.name} failed ${kind} probe, will be restarted`);
}
