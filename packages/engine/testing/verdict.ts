import type { KubeObject } from '../src/core/object.ts';
import type { FieldError } from '../src/machinery/field.ts';
import type { KindContext, KindDefinition } from '../src/machinery/kind.ts';

const texts = (errors: FieldError[] | undefined): string[] => (errors ?? []).map((error) => `${error.field}: ${error.body}`);

/** An object as its kind fills it in. */
export function defaulted(kind: KindDefinition, object: object): KubeObject {
  const copy = structuredClone(object) as KubeObject;
  copy.metadata ??= {};
  kind.defaults?.(copy);
  return copy;
}

/** What a kind finds wrong with a new object, one text per finding. */
export function refusals(kind: KindDefinition, object: object, context?: KindContext): string[] {
  const copy = defaulted(kind, object);
  if (context) kind.prepareForCreate?.(copy, context);
  return texts(kind.validate?.(copy));
}

/** What a kind finds wrong with a change of an object. */
export const changeRefusals = (kind: KindDefinition, before: object, after: object): string[] =>
  texts(kind.validateUpdate?.(defaulted(kind, after), defaulted(kind, before)));

/** The cells of an object's row by column. */
export const cells = (kind: KindDefinition, object: object, now = 0): Record<string, unknown> =>
  Object.fromEntries(kind.columns.map((column) => [column.name, column.cell(object as KubeObject, { now })]));

/** A copy with one value put in place of another; `undefined` removes it. */
export function changed<T extends object>(object: T, path: string, value: unknown): T {
  const copy = structuredClone(object);
  const steps = path.split('.');
  const last = steps.pop() as string;
  const parent = steps.reduce((at: any, step) => at[step], copy);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}
