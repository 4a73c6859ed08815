import type { ExecAnswer, FileChange, Program, ProgramStart } from '../../kinds/shared/program.ts';
import { baseName, runCommand } from './commands.ts';
import { withDates } from './date.ts';
import { logOf, nextLineAfter } from './log.ts';
import { type Course, courseOf, type Executables, fileAt, Run } from './run.ts';

/** Files that are there before anything runs. */
export const mounted = (start: ProgramStart): FileChange[] => [
  ...[...start.files].map(([path, text]) => ({ path, atMs: 0, text })),
  ...(start.fileChanges ?? []),
];

/** A command line played through: the program it amounts to. */
export function scriptProgram(start: ProgramStart, argv: readonly string[], executables: Executables): Program {
  const given = mounted(start);
  const run = new Run(new Map(start.env), executables, given);
  const course = courseOf(run, () => runCommand(run, argv, {}));
  const program: Program = {
    changesAtMs: changesOf(course),
    listens: (port, atMs) => servesAt(course, atMs) && (course.serves?.server.ports.includes(port) ?? false),
    httpStatus: (_port, path, atMs) => course.serves?.server.status?.(path, { atMs, args: start.args }) ?? 200,
    exec: (command, atMs) => execIn(course.files, start, command, atMs, executables),
    writes: course.files.filter((file) => !given.includes(file)),
    read: (path, atMs) => fileAt(course.files, path, atMs),
    log: (atMs) => logOf(course, start.startedAt, atMs),
    nextLogMs: (afterMs) => nextLineAfter(course, afterMs),
  };
  if (course.ends) program.ends = course.ends;
  // The first process of a container has no default handlers: without a trap SIGTERM goes unheard.
  if (course.handlesTerm) program.term = { afterMs: 100, exitCode: 0 };
  return program;
}

const readyAt = ({ serves }: Course): number | undefined => serves && serves.fromMs + serves.server.readyAfterMs;

function servesAt(course: Course, atMs: number): boolean {
  const ready = readyAt(course);
  return ready !== undefined && atMs >= ready;
}

function changesOf(course: Course): number[] {
  const instants = new Set(course.files.map((f) => f.atMs));
  const ready = readyAt(course);
  if (ready !== undefined) instants.add(ready);
  return [...instants].sort((a, b) => a - b);
}

/** A command beside a running program; it sees the files as they are by then. */
export function execIn(
  files: readonly FileChange[],
  start: ProgramStart,
  command: readonly string[],
  atMs: number,
  executables: Executables,
): ExecAnswer {
  const [file = ''] = command;
  if (executables.shell === false && !executables.server?.executables.includes(baseName(file))) {
    return { exitCode: 126, output: '', problem: notStarted(file) };
  }
  const seen = files.filter((f) => f.atMs <= atMs).map((f) => ({ ...f, atMs: 0 }));
  const run = new Run(new Map(start.env), executables, seen);
  const { ends, log, files: seenAndWritten } = courseOf(run, () => runCommand(run, command, {}));
  const writes = seenAndWritten.filter((file) => !seen.includes(file)).map((file) => ({ ...file, atMs: atMs + file.atMs }));
  const output = log.map((line) => withDates(line.text, start.startedAt + atMs)).join('\n');
  return { exitCode: ends?.exitCode ?? 0, output, tookMs: ends ? ends.afterMs : Number.POSITIVE_INFINITY, ...(writes.length > 0 ? { writes } : {}) };
}

/** runc's words for an executable that is not in the image. */
const notStarted = (file: string): string =>
  `rpc error: code = Unknown desc = failed to exec in container: failed to start exec: OCI runtime exec failed: exec failed: unable to start container process: exec: "${file}": ${file.startsWith('/') ? `stat ${file}: no such file or directory` : 'executable file not found in $PATH'}`;
