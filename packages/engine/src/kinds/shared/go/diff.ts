import { goJson } from '../../../machinery/field.ts';
import type { Part } from '../fields.ts';
import { goStruct } from './show.ts';
import type { GoType } from './types.ts';

const CONTEXT_LINES = 3;

interface Edit {
  sign: ' ' | '-' | '+';
  text: string;
}

/** What two structs of one type differ in, as a unified diff of their JSON. Models k8s.io/apimachinery/pkg/util/diff. */
export const goDiff = (type: GoType, before: Part, after: Part): string => unifiedDiff(lines(goStruct(type, before)), lines(goStruct(type, after)));

const lines = (value: unknown): string[] => goJson(value, ' ').split('\n');

export function unifiedDiff(before: string[], after: string[]): string {
  const edits = compare(before, after);
  return hunks(edits)
    .map(([start, end]) => showHunk(edits, start, end))
    .join('');
}

/** Common lines at both ends, and the longest common subsequence of what is between. */
function compare(before: string[], after: string[]): Edit[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  const room = Math.min(before.length, after.length) - head;
  while (tail < room && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const same = (text: string): Edit => ({ sign: ' ', text });
  return [
    ...before.slice(0, head).map(same),
    ...middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...before.slice(before.length - tail).map(same),
  ];
}

/** Beyond this many cells of the table the middle is shown as replaced. */
const CELLS_MAX = 250_000;

function middle(before: string[], after: string[]): Edit[] {
  const width = after.length + 1;
  const out: Edit[] = [];
  let [i, j] = [0, 0];
  if (before.length * after.length <= CELLS_MAX) {
    const longest = commonLengths(before, after, width);
    const at = (row: number, column: number): number => longest[row * width + column] as number;
    while (i < before.length && j < after.length) {
      if (before[i] === after[j]) {
        out.push({ sign: ' ', text: before[i++] as string });
        j++;
      } else if (at(i + 1, j) >= at(i, j + 1)) out.push({ sign: '-', text: before[i++] as string });
      else out.push({ sign: '+', text: after[j++] as string });
    }
  }
  while (i < before.length) out.push({ sign: '-', text: before[i++] as string });
  while (j < after.length) out.push({ sign: '+', text: after[j++] as string });
  return out;
}

function commonLengths(before: string[], after: string[], width: number): Uint32Array {
  const longest = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const [down, right, both] = [(i + 1) * width + j, i * width + j + 1, (i + 1) * width + j + 1];
      longest[i * width + j] = before[i] === after[j] ? (longest[both] as number) + 1 : Math.max(longest[down] as number, longest[right] as number);
    }
  }
  return longest;
}

/** Stretches with a change in them and the context around; those that touch are one. */
function hunks(edits: Edit[]): [start: number, end: number][] {
  const out: [number, number][] = [];
  for (const [i, { sign }] of edits.entries()) {
    if (sign === ' ') continue;
    const last = out[out.length - 1];
    const [start, end] = [Math.max(0, i - CONTEXT_LINES), Math.min(edits.length, i + 1 + CONTEXT_LINES)];
    if (last && start <= last[1]) last[1] = end;
    else out.push([start, end]);
  }
  return out;
}

function showHunk(edits: Edit[], start: number, end: number): string {
  const count = (from: number, to: number, other: string): number => edits.slice(from, to).filter(({ sign }) => sign !== other).length;
  const range = (other: string): string => {
    const length = count(start, end, other);
    const first = count(0, start, other) + (length === 0 ? 0 : 1);
    return length === 1 ? String(first) : `${first},${length}`;
  };
  const body = edits.slice(start, end).map(({ sign, text }) => `${sign}${text}\n`);
  return `@@ -${range('+')} +${range('-')} @@\n${body.join('')}`;
}
