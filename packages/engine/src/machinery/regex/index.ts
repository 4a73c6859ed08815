import { parseRegex } from './parse.ts';
import { compileProgram, type Instruction } from './program.ts';
import { type Assertion, isWord, RegexError } from './syntax.ts';

export { RegexError };

export type Spend = (steps: number) => void;
const FREE: Spend = () => {};
/** What a state costs beside the steps of an expression: about as long as they take. */
const STEP_PRICE = 0.25;

interface Thread {
  at: number;
  from: number;
}

/**
 * A pattern in RE2's syntax, matched in time linear in the text: users' patterns meet users' texts in a server that others share.
 * Models regexp/exec.go of Go (leftmost first).
 */
export class LinearRegex {
  constructor(
    private readonly program: readonly Instruction[],
    private readonly start: number,
  ) {}

  test(text: string, spend: Spend = FREE): boolean {
    return this.search([...text], 0, true, spend) !== undefined;
  }

  find(text: string, spend: Spend = FREE): string | undefined {
    const chars = [...text];
    const found = this.search(chars, 0, false, spend);
    return found && chars.slice(found.from, found.to).join('');
  }

  findAll(text: string, limit: number, spend: Spend = FREE): string[] {
    const chars = [...text];
    const out: string[] = [];
    let lastEnd = -1;
    for (let at = 0; at <= chars.length && out.length !== limit; ) {
      const found = this.search(chars, at, false, spend);
      if (!found) break;
      // Nothing right behind a match is no match of its own.
      if (found.to > found.from || found.from !== lastEnd) out.push(chars.slice(found.from, found.to).join(''));
      lastEnd = found.to;
      at = found.to > at ? found.to : at + 1;
    }
    return out;
  }

  private search(chars: readonly string[], begin: number, any: boolean, spend: Spend): { from: number; to: number } | undefined {
    let threads: Thread[] = [];
    let found: { from: number; to: number } | undefined;
    for (let pos = begin; pos <= chars.length; pos++) {
      const seen = new Set<number>();
      const alive: Thread[] = [];
      for (const thread of threads) this.follow(thread, pos, chars, seen, alive);
      if (!found) this.follow({ at: this.start, from: pos }, pos, chars, seen, alive);
      spend((seen.size + 1) * STEP_PRICE);
      threads = [];
      const code = chars[pos]?.codePointAt(0);
      for (const { at, from } of alive) {
        const instruction = this.program[at] as Instruction;
        if (instruction.op === 'match') {
          found = { from, to: pos };
          // What stands behind in the queue is less preferred.
          break;
        }
        if (instruction.op === 'chars' && code !== undefined && instruction.chars(code)) threads.push({ at: instruction.next, from });
      }
      if (found && (any || threads.length === 0)) return found;
    }
    return found;
  }

  /** Goes on to every state that is reached without reading, in order of preference. */
  private follow(thread: Thread, pos: number, chars: readonly string[], seen: Set<number>, alive: Thread[]): void {
    const open = [thread.at];
    while (open.length > 0) {
      const at = open.pop() as number;
      if (seen.has(at)) continue;
      seen.add(at);
      const instruction = this.program[at] as Instruction;
      if (instruction.op === 'fork') open.push(instruction.other, instruction.next);
      else if (instruction.op !== 'assert') alive.push({ at, from: thread.from });
      else if (holds(instruction.assertion, chars, pos)) open.push(instruction.next);
    }
  }
}

const wordAt = (chars: readonly string[], pos: number): boolean => {
  const ch = chars[pos];
  return ch !== undefined && isWord(ch.codePointAt(0) as number);
};

function holds(assertion: Assertion, chars: readonly string[], pos: number): boolean {
  switch (assertion) {
    case 'text-start':
      return pos === 0;
    case 'text-end':
      return pos === chars.length;
    case 'line-start':
      return pos === 0 || chars[pos - 1] === '\n';
    case 'line-end':
      return pos === chars.length || chars[pos] === '\n';
    default:
      return (wordAt(chars, pos - 1) !== wordAt(chars, pos)) === (assertion === 'boundary');
  }
}

const REMEMBERED_MAX = 500;
const remembered = new Map<string, LinearRegex>();

/** Throws RegexError where the text is no pattern. */
export function compileRegex(pattern: string, spend: Spend = FREE): LinearRegex {
  spend(pattern.length * STEP_PRICE);
  const known = remembered.get(pattern);
  if (known) return known;
  const { program, start } = compileProgram(parseRegex(pattern));
  const made = new LinearRegex(program, start);
  if (remembered.size >= REMEMBERED_MAX) remembered.delete(remembered.keys().next().value as string);
  remembered.set(pattern, made);
  return made;
}
