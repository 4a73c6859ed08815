import { BOOL, type CelType, compile, type Declarations, DYN, NULL, type Program, STRING, typeText } from '../cel/index.ts';
import { messageDeclarations, policyDeclarations } from './declarations.ts';
import type { PolicySpec, Validation } from './types.ts';

/** An expression of a policy: a program, or what is wrong with it. */
export interface Expression {
  source: string;
  program?: Program;
  error?: string;
}

export interface CompiledPolicy {
  matchConditions: readonly Expression[];
  variables: ReadonlyMap<string, Expression>;
  validations: readonly { validation: Validation; expression: Expression; message?: Expression }[];
  auditAnnotations: readonly { key: string; expression: Expression }[];
}

/** Models CompileCELExpression in k8s.io/apiserver/pkg/admission/plugin/cel/compile.go. */
export function compileExpression(source: string, declarations: Declarations, wanted: readonly CelType[] | undefined): Expression {
  const compiled = compile(source, declarations);
  if ('error' in compiled) return { source, error: `compilation failed: ${compiled.error}` };
  const { program } = compiled;
  if (!wanted || program.type === DYN || wanted.includes(program.type)) return { source, program };
  const texts = wanted.map(typeText);
  return { source, error: texts.length === 1 ? `must evaluate to ${texts[0]}` : `must evaluate to one of [${texts.join(' ')}]` };
}

const remembered = new WeakMap<PolicySpec, CompiledPolicy>();

export function compilePolicy(spec: PolicySpec): CompiledPolicy {
  const known = remembered.get(spec);
  if (known) return known;
  const made = compileSpec(spec);
  remembered.set(spec, made);
  return made;
}

function compileSpec(spec: PolicySpec): CompiledPolicy {
  const hasParams = spec.paramKind !== undefined;
  const types = new Map<string, CelType>();
  const scope = { hasParams, ...(spec.variables?.length ? { variables: types } : {}) };
  const variables = new Map<string, Expression>();
  for (const { name, expression } of spec.variables ?? []) {
    const made = compileExpression(expression, policyDeclarations(scope), undefined);
    variables.set(name, made);
    types.set(name, made.program?.type ?? DYN);
  }
  const declarations = policyDeclarations(scope);
  return {
    variables,
    matchConditions: (spec.matchConditions ?? []).map(({ expression }) => compileExpression(expression, policyDeclarations({ hasParams }), [BOOL])),
    validations: (spec.validations ?? []).map((validation) => ({
      validation,
      expression: compileExpression(validation.expression, declarations, [BOOL]),
      ...(validation.messageExpression?.trim()
        ? { message: compileExpression(validation.messageExpression, messageDeclarations(scope), [STRING]) }
        : {}),
    })),
    auditAnnotations: (spec.auditAnnotations ?? []).map(({ key, valueExpression }) => ({
      key,
      expression: compileExpression(valueExpression, declarations, [STRING, NULL]),
    })),
  };
}
