import type { Instant } from '../../core/instant.ts';

/**
 * What a kubelet needs to know of images and of the programs in them. Kubelet and images are siblings that do not know each other;
 * this is the language between them. Everything is a pure function of what is passed.
 */
export interface ImageService {
  pull(reference: string): PullAnswer;
  program(start: ProgramStart): Program;
}

export type PullAnswer =
  | { type: 'image'; image: PulledImage }
  /** The reference is fine, the registry has no such thing (or does not let one in): the runtime's error text. */
  | { type: 'refused'; message: string }
  /** No image can be called that. */
  | { type: 'invalid'; message: string };

export interface PulledImage {
  /** `docker.io/library/nginx:1.25` */
  name: string;
  /** `docker.io/library/nginx@sha256:...` */
  id: string;
  bytes: number;
  /** Whom it runs as where the pod does not say; absent where nobody knows. */
  uid?: number;
}

export interface FileChange {
  path: string;
  atMs: number;
  /** Absent where the file goes. */
  text?: string;
}

export interface ProgramStart {
  /** As written in the pod. */
  image: string;
  command: readonly string[];
  args: readonly string[];
  env: ReadonlyMap<string, string>;
  /** What is mounted, by path: texts of ConfigMaps, Secrets and the downward API. */
  files: ReadonlyMap<string, string>;
  /** What becomes of mounted files while it runs, in the order of time. */
  fileChanges?: readonly FileChange[];
  /** Ports that the container declares. */
  ports: readonly number[];
  annotations: Readonly<Record<string, string>>;
  container: string;
  podUid: string;
  /** 0 for the first run. */
  restart: number;
  /** When this run began: what a program says of the time starts here. */
  startedAt: Instant;
  seed: string;
  /** Nothing that a program does to get ready takes time. */
  instant: boolean;
}

export interface ProgramEnd {
  afterMs: number;
  exitCode: number;
  /** Completed, Error or OOMKilled follow from the code where absent. */
  reason?: string;
}

/** What comes of a command that is run beside a program. */
export interface ExecAnswer {
  exitCode: number;
  output: string;
  /** How long it takes; Infinity for what does not end. Absent for no time at all. */
  tookMs?: number;
  /** Why the runtime cannot even start it. */
  problem?: string;
  /** What it does to files, in times of the program beside which it runs. */
  writes?: readonly FileChange[];
}

/** One run of a container. Times count from its start. */
export interface Program {
  /** The runtime cannot even start it (no such executable). */
  startError?: { exitCode: number; message: string };
  /** Ends by itself; absent for what runs until it is stopped. */
  ends?: ProgramEnd;
  /** How long it takes to go after SIGTERM; undefined where the signal is ignored. */
  term?: { afterMs: number; exitCode: number };
  /** Instants at which the answers below may change. */
  changesAtMs: readonly number[];
  /** Whether something listens on a TCP port. */
  listens(port: number, atMs: number): boolean;
  /** Whether a health check over gRPC is answered; where absent, by whatever listens. */
  grpc?(port: number): boolean;
  /** Status code of a GET. */
  httpStatus(port: number, path: string, atMs: number): number;
  exec(command: readonly string[], atMs: number): ExecAnswer;
  /** A file that it has written, or that was there. */
  read?(path: string, atMs: number): string | undefined;
  /** What it does to files from its start to its end, as far as that is known. */
  writes?: readonly FileChange[];
  /** What it has printed so far; `at` counts from the start as well. */
  log(atMs: number): readonly LogLine[];
  /** When it prints next, after an instant; absent where it does not by itself. */
  nextLogMs?(afterMs: number): number | undefined;
}

export interface LogLine {
  atMs: number;
  text: string;
  stream: 'stdout' | 'stderr';
}
