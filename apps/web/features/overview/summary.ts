import { toneOfFraction, toneOfWord } from '#features/lists/tone.ts';
import { groupBy } from '#kube/group.ts';
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
export function summarizePods(state: ListState, rows: Iterable<Row> = state.rows.values()): PodSummary {
  const counts = new Map<Tone, number>();
  const problems: PodSummary['problems'] = [];
  let total = 0;
  for (const row of rows) {
    total++;
    const status = cellOf(state, row, 'Status');
    const word = toneOfWord(status);
    const tone = word === 'ok' && toneOfFraction(cellOf(state, row, 'Ready')) !== 'ok' ? 'progress' : word;
    counts.set(tone, (counts.get(tone) ?? 0) + 1);
    if (tone === 'bad' || status === 'Pending') problems.push({ row, status, restarts: cellOf(state, row, 'Restarts'), tone });
  }
  return { total, tallies: order.flatMap((tone) => (counts.has(tone) ? [{ tone, count: counts.get(tone) ?? 0 }] : [])), problems };
}

export function podsByNamespace(state: ListState): Map<string, PodSummary> {
  const groups = groupBy(state.rows.values(), (row) => row.metadata.namespace ?? '');
  return new Map([...groups].map(([namespace, rows]) => [namespace, summarizePods(state, rows)]));
}

/** Nodes that are not simply Ready. */
export function troubledNodes(state: ListState): { row: Row; status: string; tone: Tone }[] {
  return [...state.rows.values()].flatMap((row) => {
    const status = cellOf(state, row, 'Status');
    const tone = toneOfWord(status);
    return tone === 'ok' || status === '' ? [] : [{ row, status, tone }];
  });
}

export interface Unready {
  row: Row;
  says: 'ready' | 'updated';
  fraction: string;
  tone: Tone;
}

/** Workloads whose READY column says that something is missing, or whose newest revision has not come everywhere. */
export function unready(state: ListState): Unready[] {
  return [...state.rows.values()].flatMap((row): Unready[] => {
    const ready = cellOf(state, row, 'Ready');
    const desired = ready.slice(ready.indexOf('/') + 1);
    const updated = `${cellOf(state, row, 'Up-to-date')}/${desired}`;
    const tone = toneOfFraction(ready);
    if (tone && tone !== 'ok' && tone !== 'idle') return [{ row, says: 'ready', fraction: ready, tone }];
    return tone === 'ok' && ['progress', 'warn'].includes(toneOfFraction(updated) ?? '')
      ? [{ row, says: 'updated', fraction: updated, tone: 'progress' }]
      : [];
  });
}
