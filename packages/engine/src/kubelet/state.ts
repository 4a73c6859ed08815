import type { ResourceRequirements } from '@vivakube/schema/types/core.v1';
import type { Instant } from '../core/instant.ts';
import type { Plain } from '../core/state.ts';
import type { FileChange } from '../kinds/shared/program.ts';
import type { Variable } from './env.ts';
import type { Written } from './volume-data.ts';

/** What a kubelet remembers of a pod, under `kubelet/<pod uid>`. Plain data. */
export interface PodState {
  key: string;
  node: string;
  admittedAt: Instant;
  stage: 'mounting' | 'sandbox' | 'running' | 'finished';
  /** When the present stage ends by itself. */
  due?: Instant;
  /** Its address in the node's range. */
  address?: string;
  sandboxAt?: Instant;
  /** Volumes that could not be mounted, as it was last said. */
  mountProblem?: string;
  /** How often that was, up to where waits no longer grow. */
  mountTries?: number;
  /** Init containers first, in their order. */
  containers: ContainerState[];
  stopping?: Stopping;
  /** Set when the pod ended for another reason than its containers. */
  failure?: { reason: string; message: string };
  /** How far the restart of all containers is; `done` where there has been one. */
  restartAll?: 'ending' | 'starting' | 'done';
  /** While its size is not what the spec asks for: what is put off, and when what was allocated takes effect. */
  resize?: {
    pending?: { reason: 'Infeasible' | 'Deferred'; message: string; generation: number };
    due?: Instant;
    generation?: number;
    error?: string;
  };
  /** Labels and annotations as they have been, where a volume shows them. */
  metadata?: { at: Instant; labels: Record<string, string>; annotations: Record<string, string> }[];
  /** What its containers write to emptyDir volumes. */
  written?: Written[];
  /** Persistent volumes that they write to. */
  disks?: string[];
  /** While they differ from what the spec asks for the pod as a whole. */
  resources?: Size;
  /** Run from a file of the node: the API has but an image of it. */
  isStatic?: true;
  /** Objects that are waited for. */
  awaited?: string[];
}

export interface Stopping {
  since: Instant;
  /** When what still runs is killed. */
  killAt: Instant;
}

/** Ephemeral ones are added to a running pod to look into it; they neither hold it up nor keep it. */
export type ContainerRole = 'init' | 'sidecar' | 'app' | 'ephemeral';

export interface ContainerState {
  name: string;
  role: ContainerRole;
  step: 'waiting' | 'pulling' | 'starting' | 'running' | 'exited';
  /** While waiting: what kubectl shows. */
  reason?: string;
  message?: string;
  /** When the present step ends: the pull, the start, a back-off. Absent where only an event can help. */
  due?: Instant;
  /** Since when the present step lasts. */
  since?: Instant;
  restarts: number;
  /** The image that could not be had. */
  tried?: string;
  /** The image of the present or latest run. */
  image?: { written: string; name: string; id: string };
  run?: Run;
  last?: Run;
  crashBackoff?: Backoff;
  pullBackoff?: Backoff;
  /** Runs of a crash loop that one wake-up accounts for. */
  folded?: { rounds: number; ms: number };
  /** How often in a row it came back after the same time. */
  steady?: { rounds: number; roundMs: number };
  /** Rounds that the last run stood for besides its own. */
  skipped?: number;
  kill?: Kill;
  /** Until its postStart hook is through, a container does not count as running. */
  postStart?: PostStart;
  /** While they differ from the spec: what the node has set aside, and what the container has. */
  resources?: Size;
  ready: boolean;
  started: boolean;
  /** A sidecar that has been up once lets the others go on. */
  hasBeenUp?: boolean;
  probes: Partial<Record<ProbeKind, ProbeState>>;
}

/** One run of a container. */
export interface Run {
  attempt: number;
  startedAt: Instant;
  /** Variables from objects, as they were when it began. */
  env?: readonly Variable[];
  /** Files that a postStart hook has left. */
  files?: readonly FileChange[];
  endsAt?: Instant;
  /** How it ends, known from its start where it ends by itself. */
  exitCode?: number;
  reason?: string;
  message?: string;
  finishedAt?: Instant;
}

/** How far a container has got with being stopped: preStop, its turn, SIGTERM, the end. */
export interface Kill {
  /** When its grace is over. */
  killAt: Instant;
  /** While its preStop hook runs. */
  preStop?: { until: Instant; failed?: true };
  /** Sidecars go after those that started later. */
  inOrder?: true;
  /** Once it was told to go: when and how it ends. */
  at?: Instant;
  exitCode?: number;
}

export interface PostStart {
  /** Absent where it does not come to an end. */
  until?: Instant;
  /** What went wrong with it, known from its start. */
  problem?: string;
  failed?: true;
  /** What is shown meanwhile. */
  shown?: { reason: string; message?: string };
}

/** What the node has set aside, and what there is of it already. */
export interface Size {
  allocated: ResourceRequirements;
  actual: ResourceRequirements;
}

/** Models flowcontrol.Backoff's entry. */
export interface Backoff {
  delayMs: number;
  updatedAt: Instant;
  /** Rounds that were waited for at the longest delay. */
  atMax: number;
}

export type ProbeKind = 'startup' | 'readiness' | 'liveness';

export interface ProbeState {
  next?: Instant;
  successes: number;
  failures: number;
}

/** A state is plain data by construction. */
export const asPlain = (state: PodState): Plain => state as unknown as Plain;
