import type { ProgramStart } from '../kinds/shared/program.ts';
import type { TagRules } from './tags.ts';

/** How an image's main program behaves once it runs. */
export interface ServerBehaviour {
  /** Base names of the executables that are this server. */
  executables: readonly string[];
  ports: readonly number[];
  /** Until it accepts connections. */
  readyAfterMs: number;
  /** How it goes on SIGTERM. */
  term: { afterMs: number; exitCode: number } | 'ignored';
  /** What it prints when it starts. */
  banner?: (start: ProgramStart) => readonly string[];
  /** Refuses to run, with its last words. */
  refuses?: (start: ProgramStart) => { exitCode: number; lines: readonly string[] } | undefined;
  /** Ports that answer health checks over gRPC; undefined where nobody knows. */
  grpc?: readonly number[];
  /** Status code of a GET; 200 everywhere where absent. */
  status?: (path: string, asked: { atMs: number; args: readonly string[] }) => number;
  /** When such answers change by themselves. */
  changesAtMs?: (args: readonly string[]) => readonly number[];
}

/** A well-known image. */
export interface ImageDefinition {
  /** Normalised: `docker.io/library/nginx`. */
  repositories: readonly string[];
  tags: TagRules;
  bytes: (tag: string) => number;
  entrypoint?: readonly string[];
  command?: readonly string[];
  server?: ServerBehaviour;
  /** Whether there is a shell and the usual tools. */
  shell: boolean;
  /** Whom it runs as; images with a shell run as root where nothing else is said. */
  uid?: number;
  /** Further executables: they do their work and end. */
  tools?: readonly string[];
  /** Interpreters and build tools: with a program of their own they are taken to serve. */
  runtimes?: readonly string[];
}

export const defineImage = (image: ImageDefinition): ImageDefinition => image;

export const MB = 1_000_000;

/** Bytes by the first part of a tag that fits: `sizes({ alpine: 20 }, 72)` in megabytes, spread a little so that no two are the same. */
export const sizes =
  (byPart: Readonly<Record<string, number>>, otherMb: number) =>
  (tag: string): number => {
    const part = Object.keys(byPart).find((p) => tag.includes(p));
    const mb = part === undefined ? otherMb : (byPart[part] as number);
    let spread = 7;
    for (const ch of tag) spread = (spread * 31 + ch.charCodeAt(0)) % 99_991;
    return mb * MB + spread * 7;
  };
