import { type Assertion, type Chars, type Regex, RegexError } from './syntax.ts';

/** One state of the automaton; `next` and `other` are places in the program, `next` is tried first. */
export type Instruction =
  | { op: 'chars'; chars: Chars; next: number }
  | { op: 'assert'; assertion: Assertion; next: number }
  | { op: 'fork'; next: number; other: number }
  | { op: 'match' };

/** Models the limit of regexp/syntax on what repetition may blow an expression up to. */
const PROGRAM_MAX = 20_000;

/** Builds a program from its end to its start: each part is told where it goes on. */
class Compiler {
  readonly program: Instruction[] = [{ op: 'match' }];

  add(instruction: Instruction): number {
    if (this.program.length >= PROGRAM_MAX) throw new RegexError('expression too large', '');
    this.program.push(instruction);
    return this.program.length - 1;
  }

  part(regex: Regex, next: number): number {
    switch (regex.kind) {
      case 'empty':
        return next;
      case 'chars':
        return this.add({ op: 'chars', chars: regex.chars, next });
      case 'assert':
        return this.add({ op: 'assert', assertion: regex.assertion, next });
      case 'sequence':
        return regex.parts.reduceRight((after, part) => this.part(part, after), next);
      case 'choice':
        return regex.options.map((option) => this.part(option, next)).reduceRight((other, option) => this.add({ op: 'fork', next: option, other }));
      case 'repeat':
        return this.repeat(regex, next);
    }
  }

  private repeat({ part, min, max, lazy }: Regex & { kind: 'repeat' }, next: number): number {
    let at = next;
    if (max === Number.POSITIVE_INFINITY) {
      const loop = this.add({ op: 'fork', next, other: next });
      const body = this.part(part, loop);
      this.program[loop] = lazy ? { op: 'fork', next, other: body } : { op: 'fork', next: body, other: next };
      at = loop;
    } else {
      for (let i = min; i < max; i++) {
        const body = this.part(part, at);
        at = lazy ? this.add({ op: 'fork', next, other: body }) : this.add({ op: 'fork', next: body, other: next });
      }
    }
    for (let i = 0; i < min; i++) at = this.part(part, at);
    return at;
  }
}

export function compileProgram(regex: Regex): { program: readonly Instruction[]; start: number } {
  const compiler = new Compiler();
  const start = compiler.part(regex, 0);
  return { program: compiler.program, start };
}
