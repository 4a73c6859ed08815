import { isCollection, isMap, isPair, isScalar, isSeq, type Node } from 'yaml';
import type { Manifest } from './documents.ts';

type Step = string | number | { by: Record<string, unknown> };

/** `spec.containers[0].image`, `metadata.annotations[a.b/c]`, and apply's `.spec.containers[name="web"].image`. */
export function parseFieldPath(path: string): Step[] {
  const steps: Step[] = [];
  const pattern = /\.?([^.[\]]+)|\[([^\]]*)\]/g;
  for (const [, name, bracket] of path.matchAll(pattern)) {
    if (name !== undefined) steps.push(name);
    else if (bracket !== undefined) steps.push(bracketStep(bracket));
  }
  return steps;
}

function bracketStep(text: string): Step {
  if (/^\d+$/.test(text)) return Number(text);
  const pairs = [...text.matchAll(/([\w-]+)=("(?:[^"\\]|\\.)*"|[^,]+)/g)];
  if (pairs.length === 0) return text.replace(/^"|"$/g, '');
  return {
    by: Object.fromEntries(
      pairs.map(([, key = '', value = '']) => [key, JSON.parse(/^["\d-]/.test(value) ? value : JSON.stringify(value)) as unknown]),
    ),
  };
}

/** The line of a field; of its nearest written ancestor when the field itself is missing. */
export function lineOfField(manifest: Manifest, path: string): number {
  let node: Node | null = manifest.document.contents;
  let line = manifest.line;
  for (const step of parseFieldPath(path)) {
    const found = child(node, step);
    if (!found) break;
    line = manifest.lineOf(found.offset);
    node = found.node;
  }
  return line;
}

function child(node: Node | null, step: Step): { node: Node | null; offset: number } | undefined {
  if (isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
    if (!pair || !isScalar(pair.key) || !pair.key.range) return undefined;
    return { node: pair.value as Node | null, offset: pair.key.range[0] };
  }
  if (!isSeq(node)) return undefined;
  const item = typeof step === 'object' ? node.items.find((each) => matches(each, step.by)) : node.items[Number(step)];
  if (!item || isPair(item)) return undefined;
  const range = (item as Node).range;
  return range ? { node: item as Node, offset: range[0] } : undefined;
}

function matches(item: unknown, by: Record<string, unknown>): boolean {
  return isCollection(item) && Object.entries(by).every(([key, value]) => item.get(key) === value);
}
