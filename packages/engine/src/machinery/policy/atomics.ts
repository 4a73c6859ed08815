import type { Definition } from '@vivakube/schema';
import { type Shape, structShape } from '../managed/shape.ts';

/** What is replaced as a whole wherever a configuration touches it. Models findAtomics in mutating/patch/smd.go of k8s.io/apiserver. */
export function atomicPaths(config: object, definition: Definition): string[] {
  const found: string[] = [];
  visit(config, structShape(definition), '', found);
  return found;
}

function visit(value: unknown, shape: Shape, path: string, found: string[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (shape.kind === 'leaf') {
    found.push(path);
    return;
  }
  if (Array.isArray(value)) {
    if (shape.kind === 'listMap') for (const [i, item] of value.entries()) visit(item, shape.item, `${path}[${i}]`, found);
    return;
  }
  if (shape.kind !== 'struct' && shape.kind !== 'map') return;
  for (const [key, item] of Object.entries(value))
    visit(item, shape.kind === 'struct' ? shape.member(key).shape : shape.item, `${path}.${key}`, found);
}
