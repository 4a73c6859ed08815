import { BOOL, type CelType, type Compiled, compile, DYN, declare, mapOf, parseType, STRING, typeText } from '../../../machinery/cel/index.ts';
import { type FieldError, invalid, required, tooLong } from '../../../machinery/field.ts';
import type { Part } from '../../shared/fields.ts';
import { byteLength } from '../../shared/text.ts';
import { validateList } from './lists.ts';

const SELECTORS_MAX = 32;
const EXPRESSION_BYTES_MAX = 10 * 1024;

// Models newCompiler in k8s.io/dynamic-resource-allocation/cel/compile.go.
const DEVICE: CelType = {
  kind: 'object',
  name: 'kubernetes.DRADevice',
  fields: new Map([
    ['driver', STRING],
    ['attributes', mapOf(STRING, mapOf(STRING, DYN))],
    ['capacity', mapOf(STRING, mapOf(STRING, parseType('kubernetes.Quantity')))],
    ['allowMultipleAllocations', BOOL],
  ]),
};
const DECLARATIONS = declare({ device: DEVICE });

const COMPILED_MAX = 256;
const compiledBefore = new Map<string, Compiled>();

/** An expression about a `device`. */
export function compileSelector(expression: string): Compiled {
  const known = compiledBefore.get(expression);
  if (known) return known;
  if (compiledBefore.size >= COMPILED_MAX) compiledBefore.clear();
  const made = compile(expression, DECLARATIONS);
  compiledBefore.set(expression, made);
  return made;
}

function problemOf(expression: string): string | undefined {
  const compiled = compileSelector(expression);
  if ('error' in compiled) return `compilation failed: ${compiled.error}`;
  const { type } = compiled.program;
  return type === BOOL || type === DYN ? undefined : `must evaluate to bool or the unknown type, not ${typeText(type)}`;
}

function validateSelector({ cel }: Part, path: string): FieldError[] {
  const at = `${path}.cel`;
  if (!cel) return [required(at)];
  const expression: string = cel.expression ?? '';
  if (byteLength(expression) > EXPRESSION_BYTES_MAX) return [tooLong(`${at}.expression`, EXPRESSION_BYTES_MAX)];
  const problem = problemOf(expression);
  return problem === undefined ? [] : [invalid(`${at}.expression`, expression, problem)];
}

/** Models validateSelectorSlice in pkg/apis/resource/validation/validation.go. */
export const validateSelectors = (selectors: Part[] | undefined, path: string): FieldError[] =>
  validateList(selectors, SELECTORS_MAX, path, validateSelector);
