import type { Program, ProgramStart } from '../../kinds/shared/program.ts';
import { isTool, runCommand } from './commands.ts';
import { withDates } from './date.ts';
import { logOf } from './log.ts';
import { type Course, courseOf, fileExists, Run } from './run.ts';

/** A command line played through: the program it amounts to. */
export function scriptProgram(start: ProgramStart, argv: readonly string[], tools: readonly string[]): Program {
  const run = new Run(new Map(start.env), tools);
  const course = courseOf(run, () => runCommand(run, argv, undefined));
  const ends = course.ends && { afterMs: course.ends.afterMs, exitCode: course.ends.exitCode };
  const program: Program = {
    changesAtMs: [...new Set(course.files.map((f) => f.atMs))].sort((a, b) => a - b),
    listens: () => false,
    httpStatus: () => 0,
    exec: (command, atMs) => execIn(course, start, command, atMs, tools),
    log: (atMs) => logOf(course, start.startedAt, atMs),
  };
  if (ends) program.ends = ends;
  // The first process of a container has no default handlers: without a trap SIGTERM goes unheard.
  if (course.handlesTerm) program.term = { afterMs: 100, exitCode: 0 };
  return program;
}

/** A command beside a running program; it sees the files as they are by then. */
export function execIn(
  course: Pick<Course, 'files'>,
  start: ProgramStart,
  command: readonly string[],
  atMs: number,
  tools: readonly string[],
): { exitCode: number; output: string } {
  const run = new Run(new Map(start.env), tools);
  const paths = new Set(course.files.map((f) => f.path));
  for (const path of paths) if (fileExists({ ...run.course, files: course.files }, path, atMs)) run.setFile(path, true);
  const { ends, log } = courseOf(run, () => runCommand(run, command, undefined));
  return { exitCode: ends?.exitCode ?? 0, output: log.map((line) => withDates(line.text, start.startedAt + atMs)).join('\n') };
}

export const canRun = (argv: readonly string[]): boolean => isTool(argv[0] ?? '');
