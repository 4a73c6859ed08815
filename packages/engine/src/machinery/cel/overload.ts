import { CelError } from './problem.ts';
import { type CelType, parseType, splitTypes } from './types.ts';
import { testerOf, type Value } from './values.ts';

/** What functions may ask of whoever runs the expression. */
export interface Host {
  /** Pays for work beyond the call itself. */
  spend: (steps: number) => void;
}

/** A method's type, so that each implementation may say which values its signature brings it. */
export type Implementation = { call(args: readonly Value[], host: Host): Value }['call'];

/** One way to call a function. */
export interface Overload {
  target?: CelType;
  args: readonly CelType[];
  result: CelType;
  /** One for each value, a receiver's first. */
  testers: readonly ((value: Value) => boolean)[];
  call: Implementation;
}

export type Functions = ReadonlyMap<string, readonly Overload[]>;

/** Words that stand before a function's name and are no receiver. */
const NAMESPACES = new Set(['math', 'sets', 'optional', 'strings', 'ip', 'cel', 'format', 'semver', 'jsonpatch']);

/** Signature to implementation: `string.startsWith(string): bool`. A receiver is the first argument. */
export type Library = Readonly<Record<string, Implementation>>;

export const isNamespace = (name: string): boolean => NAMESPACES.has(name);

function readSignature(signature: string): { name: string; target?: CelType; args: CelType[]; result: CelType } {
  const open = signature.indexOf('(');
  const close = signature.indexOf('): ');
  const head = signature.slice(0, open);
  const args = splitTypes(signature.slice(open + 1, close)).map(parseType);
  const result = parseType(signature.slice(close + 3));
  const dot = head.lastIndexOf('.');
  if (dot < 0 || NAMESPACES.has(head.slice(0, dot))) return { name: head, args, result };
  return { name: head.slice(dot + 1), target: parseType(head.slice(0, dot)), args, result };
}

export function functionsOf(...libraries: readonly Library[]): Functions {
  const functions = new Map<string, Overload[]>();
  for (const library of libraries) {
    for (const signature of Object.keys(library)) {
      const { name, ...overload } = readSignature(signature);
      const known = functions.get(name) ?? [];
      const testers = [...(overload.target ? [overload.target] : []), ...overload.args].map(testerOf);
      known.push({ ...overload, testers, call: library[signature] as Implementation });
      functions.set(name, known);
    }
  }
  return functions;
}

/** The overload that fits the values, with a receiver as the first of them. */
export function dispatch(overloads: readonly Overload[], hasTarget: boolean, values: readonly Value[]): Overload {
  for (const overload of overloads) {
    const { target, testers } = overload;
    if ((target !== undefined) === hasTarget && testers.length === values.length && fits(testers, values)) return overload;
  }
  throw new CelError('no such overload');
}

function fits(testers: Overload['testers'], values: readonly Value[]): boolean {
  for (let i = 0; i < testers.length; i++) if (!testers[i]?.(values[i] as Value)) return false;
  return true;
}
