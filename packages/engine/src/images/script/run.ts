import type { FileChange, LogLine } from '../../kinds/shared/program.ts';
import type { ServerBehaviour } from '../image.ts';
import { arithmetic } from './arithmetic.ts';
import { runCommand } from './commands.ts';
import { dateMark } from './date.ts';
import { filtered } from './filters.ts';
import type { Node } from './parse.ts';

/** Rounds of one loop that are played through before it is taken to go on for ever. */
const ROUNDS_MAX = 200;
/** Rounds that show what a loop does after something has changed. */
const ROUNDS_TO_SETTLE = 3;
const COMMANDS_MAX = 2000;
const LINES_MAX = 2000;

/** The executables of an image, besides the usual tools. */
export interface Executables {
  /** False where there is nothing but the image's own program. */
  shell?: boolean;
  /** They do their work and end. */
  tools: readonly string[];
  server?: ServerBehaviour | undefined;
  /** Interpreters: given a program of their own, they are taken to serve. */
  runtimes: readonly string[];
  /** Ports that the container declares. */
  ports: readonly number[];
}

/** What a script does, as a course of events in time. */
export interface Course {
  log: LogLine[];
  /** What became of files, and when. */
  files: FileChange[];
  /** What serves from an instant on: a script that ends in a server. */
  serves?: { fromMs: number; server: ServerBehaviour };
  /** Absent where it does not end. */
  ends?: { afterMs: number; exitCode: number };
  handlesTerm: boolean;
  /** Rounds of endless loops that were left out. */
  repeats: Repeat[];
}

/** What a loop prints round after round, from an instant on. */
export interface Repeat {
  fromMs: number;
  everyMs: number;
  /** Absent where it goes on for ever. */
  rounds?: number;
  lines: LogLine[];
  /** The round before, to tell what counts. */
  earlier: string[];
}

/** Raised inside a run and caught where the script ends. */
class Exit {
  constructor(readonly code: number) {}
}
class Endless {}

/** The state of a script while it is played through. */
export class Run {
  atMs = 0;
  readonly course: Course = { log: [], files: [], handlesTerm: false, repeats: [] };
  private commands = 0;
  private begun = '';
  status = 0;

  constructor(
    readonly env: Map<string, string>,
    readonly executables: Executables,
    files: readonly FileChange[] = [],
  ) {
    this.course.files.push(...files);
  }

  sleep(ms: number): void {
    this.atMs += ms;
  }

  /** A line that is not yet ended. */
  begin(text: string): void {
    const lines = (this.begun + text).split('\n');
    this.begun = lines.pop() as string;
    if (lines.length > 0) this.put(lines, 'stdout');
  }

  print(text: string, stream: LogLine['stream'] = 'stdout'): void {
    const begun = stream === 'stdout' ? this.begun : '';
    if (begun !== '') this.begun = '';
    this.put((begun + text).split('\n'), stream);
  }

  /** What was begun counts, ended or not, once there is no more. */
  flush(): void {
    if (this.begun !== '') this.print('');
  }

  private put(lines: readonly string[], stream: LogLine['stream']): void {
    for (const line of lines) if (this.course.log.length < LINES_MAX) this.course.log.push({ atMs: this.atMs, text: line, stream });
  }

  write(path: string, text: string, append = false): void {
    this.change({ path, atMs: this.atMs, text: (append ? (this.read(path) ?? '') : '') + text });
  }

  remove(path: string): void {
    this.change({ path, atMs: this.atMs });
  }

  /** Changes are kept in the order of time: some are known beforehand. */
  private change(change: FileChange): void {
    const { files } = this.course;
    const at = files.findIndex((file) => file.atMs > change.atMs);
    files.splice(at < 0 ? files.length : at, 0, change);
  }

  /** undefined where there is no such file. */
  read(path: string): string | undefined {
    return fileAt(this.course.files, path, this.atMs);
  }

  /** Files below a directory, by their paths from there. */
  below(directory: string): string[] {
    const prefix = directory.endsWith('/') ? directory : `${directory}/`;
    const paths = new Set(this.course.files.map((f) => f.path).filter((path) => path.startsWith(prefix)));
    return [...paths]
      .filter((path) => this.read(path) !== undefined)
      .map((path) => path.slice(prefix.length))
      .sort();
  }

  serve(server: ServerBehaviour): never {
    this.course.serves = { fromMs: this.atMs, server };
    this.forever();
  }

  exit(code: number): never {
    throw new Exit(code);
  }

  forever(): never {
    throw new Endless();
  }

  play(node: Node): number {
    switch (node.type) {
      case 'list':
        return this.list(node);
      case 'loop':
        return this.loop(node);
      case 'for':
        return this.forLoop(node);
      case 'if':
        return this.play(node.condition) === 0 ? this.play(node.then) : node.otherwise ? this.play(node.otherwise) : 0;
      default:
        if (++this.commands > COMMANDS_MAX) this.forever();
        this.status = node.background ? this.background(node) : node.filters ? this.piped(node, node.filters) : runCommand(this, node.words, node);
        return this.status;
    }
  }

  private list({ parts }: Extract<Node, { type: 'list' }>): number {
    for (const { op, node } of parts) {
      if (op === '&&' && this.status !== 0) continue;
      if (op === '||' && this.status === 0) continue;
      this.status = this.play(node);
    }
    return this.status;
  }

  private loop({ until, condition, body }: Extract<Node, { type: 'loop' }>): number {
    let earlier: LogLine[] = [];
    for (let round = 0; ; round++) {
      const before = this.atMs;
      const variables = new Map(this.env);
      const printed = this.course.log.length;
      if ((this.play(condition) === 0) === until) return 0;
      this.status = 0;
      this.play(body);
      // A loop that takes no time would never let go of the processor.
      if (this.atMs === before) this.sleep(1);
      const lines = this.course.log.slice(printed).map((line) => ({ ...line, atMs: line.atMs - before }));
      if (round >= ROUNDS_MAX) {
        this.leaveOut({ fromMs: this.atMs, everyMs: this.atMs - before, lines, earlier: earlier.map((line) => line.text) }, variables);
        round = ROUNDS_MAX - ROUNDS_TO_SETTLE;
      }
      earlier = lines;
    }
  }

  /** What the last round did all further ones do, counting on where it counted, until a file changes under them. */
  private leaveOut(repeat: Repeat, before: ReadonlyMap<string, string>): void {
    const change = this.course.files.find((file) => file.atMs > this.atMs);
    if (!change) {
      if (repeat.lines.length > 0) this.course.repeats.push(repeat);
      this.forever();
    }
    const rounds = Math.floor((change.atMs - this.atMs) / repeat.everyMs);
    if (repeat.lines.length > 0 && rounds > 0) this.course.repeats.push({ ...repeat, rounds });
    for (const [name, value] of this.env) {
      const [was, is] = [Number(before.get(name)), Number(value)];
      if (was !== is && Number.isInteger(was) && Number.isInteger(is)) this.env.set(name, String(is + (is - was) * rounds));
    }
    this.commands = 0;
    this.sleep(rounds * repeat.everyMs);
  }

  private forLoop({ name, words, body }: Extract<Node, { type: 'for' }>): number {
    const values = words.flatMap((word) => sequence(word) ?? this.expand(word).split(/\s+/).filter(Boolean));
    for (const value of values) {
      this.env.set(name, value);
      this.play(body);
    }
    return this.status;
  }

  private piped(node: Extract<Node, { type: 'simple' }>, filters: string[][]): number {
    const from = this.course.log.length;
    runCommand(this, node.words, {});
    const printed = this.course.log.splice(from).filter((line) => line.stream === 'stdout');
    const lines = filters.reduce(
      (text, filter) =>
        filtered(
          text,
          filter.map((word) => this.expand(word)),
        ),
      printed.map((line) => line.text),
    );
    const atMs = printed.at(-1)?.atMs ?? this.atMs;
    if (node.redirect !== undefined) return runCommand(this, ['echo', lines.join('\n')], node);
    for (const text of lines) this.course.log.push({ atMs, text, stream: 'stdout' });
    return lines.length > 0 || filters.at(-1)?.[0] !== 'grep' ? 0 : 1;
  }

  /** What is started in the background takes no time of the script's own. */
  private background(node: Extract<Node, { type: 'simple' }>): number {
    const before = this.atMs;
    try {
      runCommand(this, node.words, node);
    } catch (signal) {
      if (!(signal instanceof Endless) && !(signal instanceof Exit)) throw signal;
    }
    this.atMs = before;
    return 0;
  }

  expand(word: string): string {
    return word
      .replace(/\$\(\(((?:[^()]|\([^()]*\))*)\)\)/g, (_, sum: string) => String(arithmetic(sum, this.env)))
      .replace(/\$\(([^()]*)\)/g, (_, command: string) => this.output(command))
      .replace(/\$\?/g, String(this.status))
      .replace(/\$\{?(\w+)(?::-([^}]*))?\}?/g, (_, name: string, otherwise?: string) => this.env.get(name) ?? otherwise ?? '');
  }

  private output(command: string): string {
    const words = command.trim().split(/\s+/);
    if (words[0] === 'seq') return (sequence(`$(${command})`) ?? []).join(' ');
    if (words[0] === 'date') return dateMark(words.slice(1));
    if (words[0] === 'hostname') return this.env.get('HOSTNAME') ?? '';
    return words[0] === 'cat' ? (this.read(words[1] ?? '') ?? '').trimEnd() : '';
  }
}

/** `$(seq 3)`, `$(seq 1 3)`, `{1..3}` */
function sequence(word: string): string[] | undefined {
  const m = /^\$\(seq\s+(\d+)(?:\s+(\d+))?\)$/.exec(word) ?? /^\{(\d+)\.\.(\d+)\}$/.exec(word);
  if (!m) return undefined;
  const [low, high] = m[2] === undefined ? [1, Number(m[1])] : [Number(m[1]), Number(m[2])];
  return Array.from({ length: Math.max(0, Math.min(ROUNDS_MAX, high - low + 1)) }, (_, i) => String(low + i));
}

export const fileAt = (files: readonly FileChange[], path: string, atMs: number): string | undefined =>
  files.findLast((f) => f.path === path && f.atMs <= atMs)?.text;

/** Plays something through from its start to its end, or as far as it makes sense to follow it. */
export function courseOf(run: Run, play: () => number): Course {
  try {
    run.course.ends = { exitCode: play(), afterMs: run.atMs };
  } catch (signal) {
    if (signal instanceof Exit) run.course.ends = { exitCode: signal.code, afterMs: run.atMs };
    else if (!(signal instanceof Endless)) throw signal;
  }
  run.flush();
  return run.course;
}
