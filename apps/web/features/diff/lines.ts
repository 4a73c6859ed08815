export interface DiffLine {
  kind: 'same' | 'add' | 'del';
  text: string;
  /** 1-based line numbers in the two texts. */
  before?: number;
  after?: number;
}

/** The shortest line edit script (Myers, "An O(ND) difference algorithm", 1986), after cutting equal ends. */
export function diffLines(before: string, after: string): DiffLine[] {
  const a = before === '' ? [] : before.replace(/\n$/, '').split('\n');
  const b = after === '' ? [] : after.replace(/\n$/, '').split('\n');
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const lines: DiffLine[] = [];
  for (let i = 0; i < start; i++) lines.push({ kind: 'same', text: a[i] as string, before: i + 1, after: i + 1 });
  for (const op of editScript(a.slice(start, endA), b.slice(start, endB))) {
    lines.push({ ...op, before: op.before && op.before + start, after: op.after && op.after + start });
  }
  for (let i = endA, j = endB; i < a.length; i++, j++) lines.push({ kind: 'same', text: a[i] as string, before: i + 1, after: j + 1 });
  return lines;
}

function editScript(a: string[], b: string[]): DiffLine[] {
  const max = a.length + b.length;
  const offset = max + 1;
  const furthest = new Int32Array(2 * max + 3);
  const trace: Int32Array[] = [];
  for (let d = 0; d <= max; d++) {
    trace.push(furthest.slice());
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && at(furthest, offset + k - 1) < at(furthest, offset + k + 1));
      let x = down ? at(furthest, offset + k + 1) : at(furthest, offset + k - 1) + 1;
      let y = x - k;
      while (x < a.length && y < b.length && a[x] === b[y]) {
        x++;
        y++;
      }
      furthest[offset + k] = x;
      if (x >= a.length && y >= b.length) return walkBack(a, b, trace, offset);
    }
  }
  return [];
}

function walkBack(a: string[], b: string[], trace: Int32Array[], offset: number): DiffLine[] {
  const lines: DiffLine[] = [];
  let x = a.length;
  let y = b.length;
  for (let d = trace.length - 1; d >= 0; d--) {
    const furthest = trace[d] as Int32Array;
    const k = x - y;
    const down = k === -d || (k !== d && at(furthest, offset + k - 1) < at(furthest, offset + k + 1));
    const previousX = at(furthest, offset + (down ? k + 1 : k - 1));
    const previousY = previousX - (down ? k + 1 : k - 1);
    while (x > previousX && y > previousY && x > 0 && y > 0) {
      lines.push({ kind: 'same', text: a[x - 1] as string, before: x, after: y });
      x--;
      y--;
    }
    if (d === 0) break;
    if (down) lines.push({ kind: 'add', text: b[y - 1] as string, after: y-- });
    else lines.push({ kind: 'del', text: a[x - 1] as string, before: x-- });
  }
  return lines.reverse();
}

function at(array: Int32Array, index: number): number {
  return array[index] as number;
}

export interface Hunk {
  lines: DiffLine[];
  /** Equal lines left out before this hunk. */
  skipped: number;
}

/** Changes with some equal lines around them; the rest is counted, not shown. */
export function hunksOf(lines: readonly DiffLine[], contextLines = 3): { hunks: Hunk[]; skippedAtEnd: number } {
  const shown = new Array<boolean>(lines.length).fill(false);
  lines.forEach((line, i) => {
    if (line.kind === 'same') return;
    for (let j = Math.max(0, i - contextLines); j <= Math.min(lines.length - 1, i + contextLines); j++) shown[j] = true;
  });
  const hunks: Hunk[] = [];
  let skipped = 0;
  let current: Hunk | undefined;
  lines.forEach((line, i) => {
    if (!shown[i]) {
      skipped++;
      current = undefined;
      return;
    }
    if (!current) {
      current = { lines: [], skipped };
      hunks.push(current);
      skipped = 0;
    }
    current.lines.push(line);
  });
  return { hunks, skippedAtEnd: skipped };
}

export function countChanges(lines: readonly DiffLine[]): { added: number; removed: number } {
  return { added: lines.filter((line) => line.kind === 'add').length, removed: lines.filter((line) => line.kind === 'del').length };
}
