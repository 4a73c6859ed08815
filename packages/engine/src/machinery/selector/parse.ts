import { goQuote } from '../field.ts';
import { badRequest } from '../status.ts';
import { labelKeyProblems } from './labelSyntax.ts';
import { type Token, type TokenKind, tokenize } from './lexer.ts';
import { type Operator, type Requirement, requirementProblemText } from './requirement.ts';
import { EVERYTHING, type Selector, selectorOf } from './selector.ts';

class SyntaxProblem extends Error {}
const fail = (message: string): never => {
  throw new SyntaxProblem(message);
};

const BINARY_OPERATORS = 'in, notin, =, ==, !=, gt, lt';
const OPERATORS: Partial<Record<TokenKind, Operator>> = { in: 'in', notin: 'notin', '=': '=', '==': '==', '!=': '!=', '>': 'gt', '<': 'lt' };

/** A label selector as `labelSelector=` carries it. Models k8s.io/apimachinery/pkg/labels.Parse; throws 400 with its text. */
export function parseLabelSelector(text: string | undefined): Selector {
  if (text === undefined || text === '') return EVERYTHING;
  try {
    return selectorOf(new Parser(tokenize(text)).parse());
  } catch (error) {
    if (error instanceof SyntaxProblem) throw badRequest(error.message);
    throw error;
  }
}

class Parser {
  private at = 0;
  constructor(private readonly tokens: readonly Token[]) {}

  parse(): Requirement[] {
    const requirements: Requirement[] = [];
    for (;;) {
      const next = this.peek();
      if (next.kind === 'end') return requirements;
      if (next.kind !== 'identifier' && next.kind !== '!') fail(`found '${next.text}', expected: !, identifier, or 'end of string'`);
      requirements.push(this.requirement());
      const separator = this.take();
      if (separator.kind === 'end') return requirements;
      if (separator.kind !== ',') fail(`found '${separator.text}', expected: ',' or 'end of string'`);
      const after = this.peek();
      if (after.kind !== 'identifier' && after.kind !== '!') fail(`found '${after.text}', expected: identifier after ','`);
    }
  }

  /** `in` and `notin` are operators only where one is due; elsewhere they are words. */
  private asWord(token: Token | undefined): Token {
    if (token === undefined) return { kind: 'end', text: '' };
    return token.kind === 'in' || token.kind === 'notin' ? { kind: 'identifier', text: token.text } : token;
  }

  private peek(): Token {
    return this.asWord(this.tokens[this.at]);
  }

  private take(): Token {
    return this.asWord(this.tokens[this.at++]);
  }

  private requirement(): Requirement {
    try {
      const requirement = this.unchecked();
      const problem = requirementProblemText(requirement);
      return problem === undefined ? requirement : fail(problem);
    } catch (error) {
      if (error instanceof SyntaxProblem) return fail(`unable to parse requirement: ${error.message}`);
      throw error;
    }
  }

  private unchecked(): Requirement {
    let token = this.take();
    const negated = token.kind === '!';
    if (negated) token = this.take();
    if (token.kind !== 'identifier') fail(`found '${token.text}', expected: identifier`);
    const key = token.text;
    const problems = labelKeyProblems(key);
    if (problems.length > 0) fail(`<nil>: Invalid value: ${goQuote(key)}: ${problems.join('; ')}`);
    const next = this.peek();
    if (negated || next.kind === 'end' || next.kind === ',') return { key, operator: negated ? '!' : 'exists', values: [] };
    const operator = this.operator();
    const values = operator === 'in' || operator === 'notin' ? this.valueSet() : this.exactValue();
    return { key, operator, values: [...values].sort() };
  }

  private operator(): Operator {
    const token = this.tokens[this.at++] as Token;
    return OPERATORS[token.kind] ?? fail(`found '${token.text}', expected: ${BINARY_OPERATORS}`);
  }

  private valueSet(): Set<string> {
    const open = this.take();
    if (open.kind !== '(') fail(`found '${open.text}' expected: '('`);
    const first = this.peek();
    if (first.kind === ')') {
      this.take();
      return new Set(['']);
    }
    if (first.kind !== 'identifier' && first.kind !== ',') fail(`found '${first.text}', expected: ',', ')' or identifier`);
    const values = this.identifiers();
    if (this.take().kind !== ')') fail(`found '${first.text}', expected: ')'`);
    return values;
  }

  private identifiers(): Set<string> {
    const values = new Set<string>();
    for (;;) {
      const token = this.take();
      const next = this.peek();
      if (token.kind === 'identifier') {
        values.add(token.text);
        if (next.kind === ')') return values;
        if (next.kind !== ',') fail(`found '${next.text}', expected: ',' or ')'`);
      } else if (token.kind === ',') {
        if (values.size === 0 || next.kind === ')' || next.kind === ',') values.add('');
        if (next.kind === ')') return values;
      } else {
        fail(`found '${token.text}', expected: ',', or identifier`);
      }
    }
  }

  private exactValue(): Set<string> {
    const next = this.peek();
    if (next.kind === 'end' || next.kind === ',') return new Set(['']);
    const token = this.take();
    if (token.kind !== 'identifier') fail(`found '${token.text}', expected: identifier`);
    return new Set([token.text]);
  }
}
