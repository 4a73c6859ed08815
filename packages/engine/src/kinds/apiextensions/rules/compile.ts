import { BOOL, type CelType, compile, DYN, declare, optionalOf, type Program, STRING } from '../../../machinery/cel/index.ts';
import type { JsonSchema, ValidationRule } from '../schema/types.ts';
import { occurrencesThatFit } from './costs.ts';
import { type Extent, extentOf, sizesBelow } from './sizes.ts';
import { celTypeOf } from './types.ts';

/** A rule that is ready to run, or why it is not. */
export interface CompiledRule {
  rule: ValidationRule;
  program?: Program;
  message?: Program;
  usesOldSelf: boolean;
  /** At most, of one run. */
  cost?: number;
  messageCost?: number;
  /** As often as the value fits into a request. */
  occurrencesMax: number;
  error?: string;
  messageError?: string;
}

export interface CompiledRules {
  type: CelType;
  rules: readonly CompiledRule[];
}

function compileMessage(rule: ValidationRule, self: CelType): { message: Program } | { messageError: string } | undefined {
  if (!rule.messageExpression) return undefined;
  const oldSelf = rule.optionalOldSelf ? optionalOf(self) : self;
  const compiled = compile(rule.messageExpression, declare({ self, oldSelf }));
  if ('error' in compiled) return { messageError: `messageExpression compilation failed: ${compiled.error}` };
  const isText = compiled.program.type === STRING || compiled.program.type === DYN;
  return isText ? { message: compiled.program } : { messageError: 'messageExpression must evaluate to a string' };
}

/** Models compileRule in pkg/apiserver/schema/cel/compilation.go of k8s.io/apiextensions-apiserver. */
function compileRule(rule: ValidationRule, self: CelType, extent: Extent): CompiledRule {
  const source = rule.rule ?? '';
  const occurrencesMax = occurrencesThatFit(extent.bytesMin);
  if (source.trim() === '') return { rule, usesOldSelf: false, occurrencesMax };
  const oldSelf = rule.optionalOldSelf ? optionalOf(self) : self;
  const compiled = compile(source, declare({ self, oldSelf }));
  if ('error' in compiled) return { rule, usesOldSelf: false, occurrencesMax, error: `compilation failed: ${compiled.error}` };
  const { program } = compiled;
  if (program.type !== BOOL && program.type !== DYN)
    return { rule, usesOldSelf: false, occurrencesMax, error: 'cel expression must evaluate to a bool' };
  const sizes = sizesBelow(extent);
  const message = compileMessage(rule, self);
  const messageCost = message && 'message' in message ? { messageCost: message.message.costAtMost(sizes) } : {};
  return { rule, program, usesOldSelf: program.mentions('oldSelf'), cost: program.costAtMost(sizes), occurrencesMax, ...message, ...messageCost };
}

const NO_EXTENT: Extent = { bytesMin: 0, partsMax: 0 };

const remembered = new WeakMap<JsonSchema, CompiledRules>();

/** The rules of one level of a schema. */
export function rulesOf(schema: JsonSchema, isRoot: boolean): CompiledRules {
  const known = remembered.get(schema);
  if (known) return known;
  const written = schema['x-kubernetes-validations'] ?? [];
  const type = written.length > 0 ? celTypeOf(schema, isRoot) : DYN;
  const extent = (written.length > 0 ? extentOf(schema, isRoot) : undefined) ?? NO_EXTENT;
  const made = { type, rules: written.map((rule) => compileRule(rule, type, extent)) };
  remembered.set(schema, made);
  return made;
}
