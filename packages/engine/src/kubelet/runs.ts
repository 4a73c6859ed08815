import type { Program } from '../kinds/shared/program.ts';
import { describeEnv, type EnvSource, expand, variablesToKeep } from './env.ts';
import { beginPostStart } from './hooks.ts';
import { countRound, foldRounds, unfoldRounds } from './long-rounds.ts';
import { mountedFiles } from './mounted-files.ts';
import { foreseeEnd } from './oom.ts';
import { firstProbes } from './probes.ts';
import { asksToRestartAll, beginRestartAll } from './restart-all.ts';
import { shouldRestart } from './restart-rules.ts';
import type { ContainerState, PostStart, Run } from './state.ts';
import { START_ERROR } from './status-containers.ts';
import { appsEnded } from './stop.ts';
import { type PodSync, specOf } from './sync.ts';
import { dropUnwritten, noteWrites, runId } from './volume-data.ts';

/** What a program follows from. */
export type ProgramSource = EnvSource & Pick<PodSync, 'specs' | 'images'>;

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The program of one run of a container. Pure, so that it need not be kept. */
export function programOf(source: ProgramSource, container: ContainerState, run: Run = container.run as Run): Program {
  const { pod } = source;
  const spec = source.specs.get(container.name);
  if (!spec) throw new Error(`pod ${pod.metadata.name} has no container ${container.name}`);
  // Most servers never ask what their variables and volumes hold.
  const env = once(() => describeEnv(source, spec, run.startedAt, run.env).values);
  const mounted = once(() => mountedFiles(source, spec, run));
  return source.images.program({
    image: container.image?.written ?? spec.image ?? '',
    command: (spec.command ?? []).map((word) => expand(word, env())),
    args: (spec.args ?? []).map((word) => expand(word, env())),
    get env() {
      return env();
    },
    get files() {
      return mounted().files;
    },
    get fileChanges() {
      return mounted().changes;
    },
    ports: (spec.ports ?? []).map((p) => p.containerPort),
    annotations: pod.metadata.annotations ?? {},
    container: container.name,
    podUid: pod.metadata.uid as string,
    restart: run.attempt,
    startedAt: run.startedAt,
    seed: source.view.seed,
    instant: source.view.settings.timing === 'instant',
  });
}

/** What ends with a start; the youngest first, as taking away the last field is the cheap way to do it. */
const WAITING = ['since', 'due', 'reason', 'message', 'kill', 'postStart'] as const;

export function startRun(sync: PodSync, container: ContainerState): void {
  const { now } = sync;
  const spec = specOf(sync, container);
  const pulled = sync.images.pull(spec.image ?? '');
  if (pulled.type !== 'image') throw new Error(`container ${container.name} starts from an image that cannot be had: ${spec.image}`);
  countRound(container, now);
  if (container.run) {
    container.last = container.run;
    container.restarts += 1;
  }
  const attempt = container.last ? container.last.attempt + 1 : 0;
  const env = variablesToKeep(sync, spec, now);
  const shown = container.reason ? { reason: container.reason, ...(container.message ? { message: container.message } : {}) } : undefined;
  for (const field of WAITING) if (container[field] !== undefined) delete container[field];
  container.image = { written: spec.image ?? '', name: pulled.image.name, id: pulled.image.id };
  container.run = { attempt, startedAt: now, ...(env ? { env } : {}) };
  const program = programOf(sync, container);
  container.step = 'running';
  if (sync.state.restartAll) sync.state.restartAll = 'done';
  if (program.startError) {
    const { exitCode, message } = program.startError;
    sync.event('Warning', 'Failed', `Error: ${message}`, container);
    end(sync, container, { exitCode, reason: START_ERROR, message });
    return;
  }
  foreseeEnd(sync, container, program);
  foldRounds(container, spec);
  noteWrites(sync, container, program.writes ?? []);
  sync.event('Normal', 'Started', 'Container started', container);
  const hook = spec.lifecycle?.postStart;
  if (hook) beginPostStart(sync, container, hook, shown);
  else firstProbes(sync, container, spec);
}

interface Ending {
  exitCode: number;
  reason?: string;
  message?: string;
}

/** Ends the runs that are due to end, by themselves or because they are being stopped. */
export function endRuns(sync: PodSync): boolean {
  for (const container of sync.state.containers) {
    if (container.step !== 'running') continue;
    const { kill } = container;
    const run = container.run as Run;
    if (run.endsAt !== undefined && run.endsAt <= sync.now) {
      end(sync, container, { exitCode: run.exitCode ?? 0, ...(run.reason ? { reason: run.reason } : {}) });
      return true;
    }
    if (kill?.at !== undefined && kill.at <= sync.now) {
      end(sync, container, { exitCode: kill.exitCode ?? 0 });
      return true;
    }
  }
  return false;
}

// Models MaxContainerTerminationMessageLength and its companions in pkg/kubelet/container.
const MESSAGE_BYTES_MAX = 4096;
const FALLBACK_BYTES_MAX = 2048;
const FALLBACK_LINES_MAX = 80;

/** What a container leaves in its termination message file, or the end of its log where it asks for that. */
function lastWords(sync: PodSync, container: ContainerState, exitCode: number): string | undefined {
  const { terminationMessagePath = '/dev/termination-log', terminationMessagePolicy } = specOf(sync, container);
  const run = container.run as Run;
  const program = programOf(sync, container, run);
  const atMs = sync.now - run.startedAt;
  const written = program.read?.(terminationMessagePath, atMs);
  if (written) return written.slice(0, MESSAGE_BYTES_MAX);
  if (terminationMessagePolicy !== 'FallbackToLogsOnError' || exitCode === 0) return undefined;
  const lines = program.log(atMs).slice(-FALLBACK_LINES_MAX);
  return lines
    .map((line) => `${line.text}\n`)
    .join('')
    .slice(-FALLBACK_BYTES_MAX);
}

/** A sidecar is of no more use when all others have ended for good. */
const isSpent = (sync: PodSync, container: ContainerState): boolean => container.role === 'sidecar' && appsEnded(sync);

function end(sync: PodSync, container: ContainerState, { exitCode, reason, message }: Ending): void {
  const { now, state } = sync;
  unfoldRounds(container, now);
  const run = container.run as Run;
  const said = message ?? lastWords(sync, container, exitCode);
  container.run = {
    attempt: run.attempt,
    startedAt: run.startedAt,
    ...(run.env ? { env: run.env } : {}),
    ...(run.files ? { files: run.files } : {}),
    finishedAt: now,
    exitCode,
    reason: reason ?? (exitCode === 0 ? 'Completed' : 'Error'),
    ...(said ? { message: said } : {}),
  };
  dropUnwritten(sync.view, sync.setRuntime, state, runId(sync.pod.metadata.uid as string, container.name, run.attempt), now);
  container.step = 'exited';
  container.ready = false;
  container.started = false;
  container.probes = {};
  delete container.kill;
  const { postStart } = container;
  delete container.postStart;
  const spec = specOf(sync, container);
  if (!state.stopping && asksToRestartAll(spec, exitCode)) beginRestartAll(sync);
  if (!state.stopping && !isSpent(sync, container) && shouldRestart(sync.pod, container, spec, exitCode)) comeBack(sync, container, postStart);
  else delete container.due;
}

/** A container that could not be run, or ended before its hook was through, has failed to start. */
function comeBack({ now, timing }: PodSync, container: ContainerState, postStart: PostStart | undefined): void {
  container.due = now + timing.noticeMs();
  if (container.run?.reason === START_ERROR) {
    container.reason = 'RunContainerError';
    container.message = container.run.message;
  }
  if (!postStart?.failed) return;
  container.reason = 'PostStartHookError';
  if (postStart.problem !== undefined) container.message = postStart.problem;
}
