/** The part of kubectl's JSONPath that printer columns use: fields, indexes, stars and filters. */
type Step = { field: string } | { index: number } | { star: true } | { filter: { path: Step[]; operator: string; value: unknown } };

const TOKEN =
  /\.\*|\.([A-Za-z0-9_\-/$]+(?:\\\.[A-Za-z0-9_\-/$]+)*)|\[\*\]|\[(-?\d+)\]|\['([^']*)'\]|\[\?\(@((?:\.[A-Za-z0-9_\-/]+)+)\s*(==|!=|>=|<=|>|<)\s*("(?:[^"\\]|\\.)*"|'[^']*'|[^)\s]+)\s*\)\]/y;

function literal(text: string): unknown {
  if (text.startsWith("'")) return text.slice(1, -1);
  if (text === 'true' || text === 'false') return text === 'true';
  if (text.startsWith('"')) return JSON.parse(text);
  return Number.isNaN(Number(text)) ? text : Number(text);
}

function stepOf(match: RegExpExecArray): Step {
  const [whole, field, index, quoted, filterPath, operator, value] = match;
  if (whole === '.*' || whole === '[*]') return { star: true };
  if (field !== undefined) return { field: field.replaceAll('\\.', '.') };
  if (quoted !== undefined) return { field: quoted.replaceAll('\\.', '.') };
  if (index !== undefined) return { index: Number(index) };
  const path = (filterPath as string)
    .slice(1)
    .split('.')
    .map((name) => ({ field: name }));
  return { filter: { path, operator: operator as string, value: literal(value as string) } };
}

/** Undefined where the text is no such path. */
export function parseJsonPath(text: string): Step[] | undefined {
  const steps: Step[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match) return undefined;
    steps.push(stepOf(match));
  }
  return steps;
}

const COMPARE: Record<string, (a: unknown, b: unknown) => boolean> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => (a as number) > (b as number),
  '<': (a, b) => (a as number) < (b as number),
  '>=': (a, b) => (a as number) >= (b as number),
  '<=': (a, b) => (a as number) <= (b as number),
};

function take(value: unknown, step: Step): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('field' in step) return !Array.isArray(value) && Object.hasOwn(value, step.field) ? [(value as Record<string, unknown>)[step.field]] : [];
  if ('star' in step) return Object.values(value);
  if (!Array.isArray(value)) return [];
  if ('index' in step) return value.slice(step.index, step.index === -1 ? undefined : step.index + 1);
  const { path, operator, value: wanted } = step.filter;
  const holds = COMPARE[operator] as (a: unknown, b: unknown) => boolean;
  return value.filter((item) => find(item, path).some((found) => holds(found, wanted)));
}

export const find = (value: unknown, path: readonly Step[]): unknown[] =>
  path.reduce((found, step) => found.flatMap((each) => take(each, step)), [value]);
