import type { LogLine } from '../../kinds/shared/program.ts';
import { runCommand } from './commands.ts';
import { dateMark } from './date.ts';
import type { Node } from './parse.ts';

/** Rounds of one loop that are played through before it is taken to go on for ever. */
const ROUNDS_MAX = 200;
const COMMANDS_MAX = 2000;
const LINES_MAX = 2000;

/** What a script does, as a course of events in time. */
export interface Course {
  log: LogLine[];
  /** Files by path: since when they are there, or not any more. */
  files: { path: string; atMs: number; exists: boolean }[];
  /** Absent where it does not end. */
  ends?: { afterMs: number; exitCode: number };
  handlesTerm: boolean;
  /** What an endless loop goes on to print, from an instant on. */
  repeats?: { fromMs: number; everyMs: number; lines: LogLine[] };
}

/** Raised inside a run and caught where the script ends. */
class Exit {
  constructor(readonly code: number) {}
}
class Endless {}

/** The state of a script while it is played through. */
export class Run {
  atMs = 0;
  readonly course: Course = { log: [], files: [], handlesTerm: false };
  private commands = 0;
  status = 0;

  constructor(
    readonly env: Map<string, string>,
    /** Executables that exist besides the built-in ones. */
    readonly tools: readonly string[],
  ) {}

  sleep(ms: number): void {
    this.atMs += ms;
  }

  print(text: string, stream: LogLine['stream'] = 'stdout'): void {
    for (const line of text.split('\n')) if (this.course.log.length < LINES_MAX) this.course.log.push({ atMs: this.atMs, text: line, stream });
  }

  setFile(path: string, exists: boolean): void {
    this.course.files.push({ path, atMs: this.atMs, exists });
  }

  hasFile(path: string): boolean {
    return fileExists(this.course, path, this.atMs);
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
        this.status = node.background ? this.background(node) : runCommand(this, node.words, node.redirect);
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
    for (let round = 0; (this.play(condition) === 0) !== until; round++) {
      const before = this.atMs;
      const printed = this.course.log.length;
      this.status = 0;
      this.play(body);
      // A loop that takes no time would never let go of the processor.
      if (this.atMs === before) this.sleep(1);
      if (round >= ROUNDS_MAX) this.goOn(before, printed);
    }
    return 0;
  }

  /** What the last round did is what all further ones do. */
  private goOn(roundAtMs: number, printed: number): never {
    const lines = this.course.log.slice(printed).map((line) => ({ ...line, atMs: line.atMs - roundAtMs }));
    if (lines.length > 0) this.course.repeats = { fromMs: this.atMs, everyMs: this.atMs - roundAtMs, lines };
    this.forever();
  }

  private forLoop({ name, words, body }: Extract<Node, { type: 'for' }>): number {
    const values = words.flatMap((word) => sequence(word) ?? this.expand(word).split(/\s+/).filter(Boolean));
    for (const value of values) {
      this.env.set(name, value);
      this.play(body);
    }
    return this.status;
  }

  /** What is started in the background takes no time of the script's own. */
  private background(node: Extract<Node, { type: 'simple' }>): number {
    const before = this.atMs;
    try {
      runCommand(this, node.words, node.redirect);
    } catch (signal) {
      if (!(signal instanceof Endless) && !(signal instanceof Exit)) throw signal;
    }
    this.atMs = before;
    return 0;
  }

  expand(word: string): string {
    return word
      .replace(/\$\(\(([^()]*)\)\)/g, (_, sum: string) => String(arithmetic(sum, this.env)))
      .replace(/\$\(([^()]*)\)/g, (_, command: string) => this.output(command))
      .replace(/\$\?/g, String(this.status))
      .replace(/\$\{?(\w+)(?::-([^}]*))?\}?/g, (_, name: string, otherwise?: string) => this.env.get(name) ?? otherwise ?? '');
  }

  private output(command: string): string {
    const words = command.trim().split(/\s+/);
    if (words[0] === 'seq') return (sequence(`$(${command})`) ?? []).join(' ');
    if (words[0] === 'date') return dateMark(words.slice(1));
    return words[0] === 'hostname' ? (this.env.get('HOSTNAME') ?? '') : '';
  }
}

/** `$(seq 3)`, `$(seq 1 3)`, `{1..3}` */
function sequence(word: string): string[] | undefined {
  const m = /^\$\(seq\s+(\d+)(?:\s+(\d+))?\)$/.exec(word) ?? /^\{(\d+)\.\.(\d+)\}$/.exec(word);
  if (!m) return undefined;
  const [low, high] = m[2] === undefined ? [1, Number(m[1])] : [Number(m[1]), Number(m[2])];
  return Array.from({ length: Math.max(0, Math.min(ROUNDS_MAX, high - low + 1)) }, (_, i) => String(low + i));
}

function arithmetic(text: string, env: ReadonlyMap<string, string>): number {
  const m = /^\s*(\w+)\s*([-+*/%])\s*(\w+)\s*$/.exec(text.replaceAll('$', ''));
  const value = (name: string): number => (/^\d+$/.test(name) ? Number(name) : Number(env.get(name) ?? 0));
  if (!m) return value(text.trim());
  const [a, b] = [value(m[1] as string), value(m[3] as string)];
  switch (m[2]) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '%':
      return b === 0 ? 0 : a % b;
    default:
      return b === 0 ? 0 : Math.trunc(a / b);
  }
}

export const fileExists = (course: Course, path: string, atMs: number): boolean =>
  course.files.findLast((f) => f.path === path && f.atMs <= atMs)?.exists ?? false;

/** Plays something through from its start to its end, or as far as it makes sense to follow it. */
export function courseOf(run: Run, play: () => number): Course {
  try {
    run.course.ends = { exitCode: play(), afterMs: run.atMs };
  } catch (signal) {
    if (signal instanceof Exit) run.course.ends = { exitCode: signal.code, afterMs: run.atMs };
    else if (!(signal instanceof Endless)) throw signal;
  }
  return run.course;
}
