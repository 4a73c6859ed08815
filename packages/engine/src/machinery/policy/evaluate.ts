import { CEL_EXPRESSION_STEPS_MAX, CEL_OBJECT_STEPS_MAX } from '../../core/limits.ts';
import type { KubeObject } from '../../core/object.ts';
import { CelError, type CelMap, CostExceeded, DYN, fromJson, Meter, type Value } from '../cel/index.ts';
import { type CompiledPolicy, compilePolicy, type Expression } from './compile.ts';
import type { Policy, Validation } from './types.ts';

/** One reason to refuse. */
export interface Denial {
  message: string;
  /** Of the Status; Invalid where the policy says nothing. */
  reason?: string;
}

export const OUT_OF_BUDGET = 'validation failed due to running out of cost budget, no further validation rules will be run';
const MESSAGE_BYTES_MAX = 5 * 1024;

export class OutOfBudget extends Error {}

/** Variables are worked out when somebody asks, and once. Models composition.go of k8s.io/apiserver/pkg/admission/plugin/cel. */
class Variables implements CelMap {
  readonly isMap = true;
  private readonly known = new Map<string, Value | CelError>();

  constructor(
    private readonly expressions: ReadonlyMap<string, Expression>,
    private readonly run: (expression: Expression) => Value,
  ) {}

  get size(): number {
    return this.expressions.size;
  }

  keys(): Value[] {
    return [...this.expressions.keys()];
  }

  get(name: Value): Value | undefined {
    const expression = this.expressions.get(name as string);
    if (!expression) return undefined;
    const found = this.known.get(name as string) ?? this.attempt(name as string, expression);
    this.known.set(name as string, found);
    if (found instanceof CelError) throw found;
    return found;
  }

  private attempt(name: string, expression: Expression): Value | CelError {
    try {
      return this.run(expression);
    } catch (problem) {
      if (!(problem instanceof CelError) || problem instanceof CostExceeded) throw problem;
      return new CelError(`composited variable "${name}" fails to evaluate: ${problem.message}`);
    }
  }
}

/** The expressions of one policy about one request with one parameter. */
export class ExpressionRun {
  protected readonly compiled: CompiledPolicy;
  private readonly scope: ReadonlyMap<string, Value>;
  private budget = CEL_OBJECT_STEPS_MAX;

  constructor(
    protected readonly policy: Policy,
    request: ReadonlyMap<string, Value>,
    param: KubeObject | undefined,
  ) {
    this.compiled = compilePolicy(policy.spec);
    const variables = new Variables(this.compiled.variables, (expression) => this.run(expression));
    this.scope = new Map<string, Value>([...request, ['params', param ? fromJson(param, DYN) : null], ['variables', variables]]);
  }

  /** `skip` where a condition says no; else what went wrong, if anything did. */
  unmetConditions(): string | undefined {
    const problems: string[] = [];
    for (const condition of this.compiled.matchConditions) {
      const result = this.evaluate(condition);
      if (result === false) return 'skip';
      if (result instanceof CelError) problems.push(result.message);
    }
    return problems.length > 1 ? `[${problems.join(', ')}]` : problems[0];
  }

  private run({ program, error }: Expression): Value {
    if (!program) throw new CelError(`compilation error: ${error}`);
    const meter = new Meter(Math.min(CEL_EXPRESSION_STEPS_MAX, this.budget));
    const given = meter.left;
    try {
      return program.run(this.scope, meter);
    } finally {
      this.budget -= given - Math.max(meter.left, 0);
    }
  }

  protected evaluate(expression: Expression): Value | CelError {
    try {
      return this.run(expression);
    } catch (problem) {
      if (this.budget <= 0) throw new OutOfBudget();
      if (!(problem instanceof CelError)) throw problem;
      return expression.program ? new CelError(`expression '${expression.source}' resulted in error: ${problem.message}`) : problem;
    }
  }
}

/** Models validator.go of k8s.io/apiserver/pkg/admission/plugin/policy/validating. */
export class PolicyRun extends ExpressionRun {
  denials(): Denial[] {
    try {
      const unmet = this.unmetConditions();
      return unmet === 'skip'
        ? []
        : typeof unmet === 'string'
          ? this.failure(unmet)
          : this.compiled.validations.flatMap((each) => this.validate(each));
    } catch (problem) {
      if (problem instanceof OutOfBudget) return this.failure(OUT_OF_BUDGET);
      throw problem;
    }
  }

  /** What is wrong with annotations for an audit log, which nobody sees in a simulated cluster. */
  annotationFailures(): Denial[] {
    try {
      if (this.unmetConditions() !== undefined) return [];
      const results = this.compiled.auditAnnotations.map(({ expression }) => this.evaluate(expression));
      return results.flatMap((result) => (result instanceof CelError ? this.failure(result.message) : []));
    } catch (problem) {
      if (problem instanceof OutOfBudget) return this.failure(OUT_OF_BUDGET);
      throw problem;
    }
  }

  /** Expressions that could not be evaluated count as the policy says. */
  private failure(message: string): Denial[] {
    return this.policy.spec.failurePolicy === 'Ignore' ? [] : [{ message }];
  }

  private validate({ validation, expression, message }: CompiledPolicy['validations'][number]): Denial[] {
    const result = this.evaluate(expression);
    if (result instanceof CelError) return this.failure(result.message);
    if (result === true) return [];
    const made = message && this.evaluate(message);
    return [{ message: messageOf(validation, typeof made === 'string' ? made.trim() : ''), reason: validation.reason ?? 'Invalid' }];
  }
}

function messageOf({ message, expression }: Validation, made: string): string {
  if (made !== '' && made.length <= MESSAGE_BYTES_MAX && !made.includes('\n')) return made;
  return message ? message.trim() : `failed expression: ${expression.trim()}`;
}
