import { toneOfFraction, toneOfWord } from '#features/lists/tone.ts';
import type { ListState, Row } from '#kube/reducer.ts';
import type { Tone } from '#ui/status.tsx';

/** Reads one column of a Table row by its name. */
export function cellOf(state: ListState, row: Row, column: string): string {
  const index = state.columns.findIndex((each) => each.name === column);
  const value = index < 0 ? undefined : row.cells[index];
  return value === null || value === undefined ? '' : String(value);
}

export interface Tally {
  tone: Tone;
  count: number;
}

export interface PodSummary {
  total: number;
  tallies: Tally[];
  problems: { row: Row; status: string; restarts: string; tone: Tone }[];
}

const order: Tone[] = ['ok', 'progress', 'warn', 'bad', 'idle'];

/** Counts pods by tone and picks those somebody should look at. */
export function summarizePods(state: ListState, namespace?: string): PodSummary {
  const counts = new Map<Tone, number>();
  const problems: PodSummary['problems'] = [];
  let total = 0;
  for (const row of state.rows.values()) {
    if (namespace && row.metadata.namespace !== namespace) continue;
    total++;
    const status = cellOf(state, row, 'Status');
    const word = toneOfWord(status);
    const tone = word === 'ok' && toneOfFraction(cellOf(state, row, 'Ready')) !== 'ok' ? 'progress' : word;
    counts.set(tone, (counts.get(tone) ?? 0) + 1);
    if (tone === 'bad' || status === 'Pending') problems.push({ row, status, restarts: cellOf(state, row, 'Restarts'), tone });
  }
  return { total, tallies: order.flatMap((tone) => (counts.has(tone) ? [{ tone, count: counts.get(tone) ?? 0 }] : [])), problems };
}

/** Workloads whose READY column says that something is missing. */
export function unready(state: ListState, namespace?: string): { row: Row; ready: string; tone: Tone }[] {
  return [...state.rows.values()].flatMap((row) => {
    if (namespace && row.metadata.namespace !== namespace) return [];
    const ready = cellOf(state, row, 'Ready');
    const tone = toneOfFraction(ready);
    return tone && tone !== 'ok' && tone !== 'idle' ? [{ row, ready, tone }] : [];
  });
}
