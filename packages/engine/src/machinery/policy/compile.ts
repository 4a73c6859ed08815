import { assignable, BOOL, type CelType, compile, type Declarations, DYN, NULL, type Program, STRING, typeText } from '../cel/index.ts';
import { messageDeclarations, policyDeclarations } from './declarations.ts';
import { OBJECT, PATCHES } from './mutation-types.ts';
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
  mutations: readonly Expression[];
}

/** Models CompileCELExpression in k8s.io/apiserver/pkg/admission/plugin/cel/compile.go. A field that was left out reads as an empty one. */
export function compileExpression(written: string | undefined, declarations: Declarations, wanted: readonly CelType[] | undefined): Expression {
  const source = written ?? '';
  const compiled = compile(source, declarations);
  if ('error' in compiled) return { source, error: `compilation failed: ${compiled.error}` };
  const { program } = compiled;
  if (!wanted || program.type === DYN || wanted.some((type) => type === program.type || isMade(type, program.type))) return { source, program };
  const texts = wanted.map(typeText);
  const what = texts.length === 1 ? texts[0] : `one of [${texts.join(' ')}]`;
  return { source, error: `must evaluate to ${what} but got ${typeText(program.type)}` };
}

/** Objects and lists of patches; an empty list is one of those, too. */
const isMade = (wanted: CelType, given: CelType): boolean => wanted.kind !== 'simple' && assignable(wanted, given, new Map());

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
  const scope = { hasParams, mutates: spec.mutations !== undefined, ...(spec.variables?.length ? { variables: types } : {}) };
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
    mutations: (spec.mutations ?? []).map(({ patchType, applyConfiguration, jsonPatch }) =>
      patchType === 'JSONPatch'
        ? compileExpression(jsonPatch?.expression, declarations, [PATCHES])
        : compileExpression(applyConfiguration?.expression, declarations, [OBJECT]),
    ),
  };
}
