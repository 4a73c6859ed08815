import type { Row } from '#kube/reducer.ts';
import type { TableColumn } from '#kube/types.ts';

export interface Column {
  id: string;
  title: string;
  /** Index in the row's cells; -1 is the namespace, which the server leaves to the client. */
  cell: number;
  kind: 'name' | 'age' | 'status' | 'fraction' | 'number' | 'text';
  description?: string;
  width: string;
}

const statusNames = new Set(['status', 'phase']);
const longNames = new Set(['images', 'selector', 'message', 'ports', 'port(s)', 'hosts', 'labels', 'containers', 'endpoints', 'object', 'os-image']);

export function columnsOf(defined: readonly TableColumn[], options: { namespace: boolean; wide: boolean }): Column[] {
  const columns = defined.flatMap((column, cell) => (options.wide || !column.priority ? [toColumn(column, cell)] : []));
  if (!options.namespace) return columns;
  const namespace: Column = { id: 'namespace', title: 'Namespace', cell: -1, kind: 'text', width: 'minmax(7rem, 1fr)' };
  return [...columns.slice(0, 1), namespace, ...columns.slice(1)];
}

function toColumn(column: TableColumn, cell: number): Column {
  const lower = column.name.toLowerCase();
  const base = { id: lower, title: column.name, cell, description: column.description };
  // The first column leads to the object, whatever a CRD calls it.
  if (column.format === 'name' || cell === 0) return { ...base, kind: 'name', width: 'minmax(13rem, 2.4fr)' };
  if (lower === 'age') return { ...base, kind: 'age', width: '5.5rem' };
  if (statusNames.has(lower)) return { ...base, kind: 'status', width: 'minmax(9rem, 1.2fr)' };
  if (lower === 'ready') return { ...base, kind: 'fraction', width: 'minmax(5rem, .6fr)' };
  if (column.type === 'integer' || column.type === 'number') return { ...base, kind: 'number', width: 'minmax(5.5rem, .7fr)' };
  return { ...base, kind: 'text', width: longNames.has(lower) ? 'minmax(12rem, 2fr)' : 'minmax(6.5rem, 1fr)' };
}

export function cellText(row: Row, column: Column): string {
  if (column.cell === -1) return row.metadata.namespace ?? '';
  const value = row.cells[column.cell];
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export interface Sort {
  column: string;
  descending: boolean;
}

const collator = new Intl.Collator('en', { numeric: true });

export function sortRows(rows: readonly Row[], columns: readonly Column[], sort: Sort | undefined): Row[] {
  const byName = (a: Row, b: Row) =>
    collator.compare(a.metadata.namespace ?? '', b.metadata.namespace ?? '') || collator.compare(a.metadata.name, b.metadata.name);
  const column = sort && columns.find((each) => each.id === sort.column);
  if (!column) return [...rows].sort(byName);
  const sign = sort.descending ? -1 : 1;
  return [...rows].sort((a, b) => sign * compareBy(column, a, b) || byName(a, b));
}

function compareBy(column: Column, a: Row, b: Row): number {
  // A greater age is an earlier creation.
  if (column.kind === 'age') return (b.metadata.creationTimestamp ?? '').localeCompare(a.metadata.creationTimestamp ?? '');
  return collator.compare(cellText(a, column), cellText(b, column));
}

/** Words are all wanted; `key=value` looks at labels. */
export function filterRows(rows: readonly Row[], columns: readonly Column[], text: string): Row[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...rows];
  return rows.filter((row) => words.every((word) => matches(row, columns, word)));
}

function matches(row: Row, columns: readonly Column[], word: string): boolean {
  const [key, value] = word.split('=');
  if (key && value !== undefined) {
    const label = Object.entries(row.metadata.labels ?? {}).find(([name]) => name.toLowerCase() === key);
    return label?.[1].toLowerCase().startsWith(value) ?? false;
  }
  return row.metadata.name.toLowerCase().includes(word) || columns.some((column) => cellText(row, column).toLowerCase().includes(word));
}
