import { type CelType, DYN, listOf, STRING } from '../cel/index.ts';

/** An object without a schema may have any field. */
class AnyField extends Map<string, CelType> {
  override get(): CelType {
    return DYN;
  }
}

const ANY_FIELD = new AnyField();
const known = new Map<string, CelType>();

/** `Object` and what is below it, as `Object.spec.template`. */
export function objectNamed(name: string): CelType {
  const type = known.get(name) ?? { kind: 'object' as const, name, fields: ANY_FIELD };
  if (known.size < 1000) known.set(name, type);
  return type;
}

export const OBJECT = objectNamed('Object');
const PATCH: CelType = {
  kind: 'object',
  name: 'JSONPatch',
  fields: new Map([
    ['op', STRING],
    ['from', STRING],
    ['path', STRING],
    ['value', DYN],
  ]),
};
export const PATCHES = listOf(PATCH);

/** The types that expressions of mutating policies may make. Models k8s.io/apiserver/pkg/cel/mutation/typeresolver.go. */
export function madeByMutations(name: string): CelType | undefined {
  if (name === 'JSONPatch') return PATCH;
  return name === 'Object' || name.startsWith('Object.') ? objectNamed(name) : undefined;
}
