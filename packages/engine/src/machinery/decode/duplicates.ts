import { goQuote } from '../field.ts';

/** A field as strict errors name it: `spec.containers[0].name`. */
export const fieldPath = (path: readonly (string | number)[]): string =>
  path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('');

const TOKEN = /\s*("[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]|[^\s{}[\]:,"]+)/gy;

interface Frame {
  /** Keys so far; none of a list. */
  keys?: Set<string>;
  at: string | number;
}

/** Keys that a valid JSON text has twice in one object, each once, wherever they are. Models UnmarshalStrict of sigs.k8s.io/json into untyped values. */
export function duplicateFields(text: string, prefix: readonly (string | number)[] = []): string[] {
  const found = new Set<string>();
  const frames: Frame[] = [];
  let awaitsKey = false;
  for (const [, token = ''] of text.matchAll(TOKEN)) {
    const frame = frames.at(-1);
    if (token === '{') frames.push({ keys: new Set(), at: '' });
    else if (token === '[') frames.push({ at: 0 });
    else if (token === '}' || token === ']') frames.pop();
    else if (token === ',' && typeof frame?.at === 'number') frame.at++;
    else if (frame?.keys && awaitsKey) {
      frame.at = JSON.parse(token) as string;
      if (frame.keys.has(frame.at)) found.add(`duplicate field ${goQuote(fieldPath([...prefix, ...frames.map(({ at }) => at)]))}`);
      frame.keys.add(frame.at);
    }
    awaitsKey = token === '{' || (token === ',' && frame?.keys !== undefined);
  }
  return [...found];
}
