import type { KubeObject, KubeStatus, ObjectMeta, Table, TableColumn } from './types.ts';

export interface Row {
  uid: string;
  metadata: ObjectMeta;
  /** Present when the list is watched as a Table. */
  cells: unknown[];
  /** Present when the list is watched as objects. */
  object?: KubeObject;
}

export type Phase = 'loading' | 'live' | 'reconnecting' | 'failed';

export interface ListState {
  phase: Phase;
  error?: KubeStatus;
  resourceVersion?: string;
  columns: TableColumn[];
  rows: ReadonlyMap<string, Row>;
}

export interface Listed {
  rows: Row[];
  columns: TableColumn[];
  resourceVersion?: string;
}

export interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: KubeObject | Table | KubeStatus;
}

export const emptyList: ListState = { phase: 'loading', columns: [], rows: new Map() };

/** Takes a whole list; rows that did not move keep their identity, so that nothing re-renders after a resync. */
export function replaceAll(state: ListState, { rows, columns, resourceVersion }: Listed): ListState {
  const kept = rows.map((row): [string, Row] => {
    const old = state.rows.get(row.uid);
    const unmoved = old !== undefined && old.metadata.resourceVersion !== undefined && old.metadata.resourceVersion === row.metadata.resourceVersion;
    return [row.uid, unmoved ? old : row];
  });
  return { phase: 'live', columns, rows: new Map(kept), resourceVersion };
}

export function fail(state: ListState, error: KubeStatus): ListState {
  return { ...state, phase: 'failed', error };
}

export function lost(state: ListState, error?: KubeStatus): ListState {
  return { ...state, phase: state.phase === 'loading' ? 'loading' : 'reconnecting', error };
}

/** Folds one batch of events: one new Map per batch, however many events it holds. */
export function applyEvents(state: ListState, events: readonly WatchEvent[]): ListState {
  let { resourceVersion, columns } = state;
  let rows: Map<string, Row> | undefined;
  for (const event of events) {
    if (event.type === 'ERROR') continue;
    const received = unpack(event.object);
    resourceVersion = received.resourceVersion ?? resourceVersion;
    if (event.type === 'BOOKMARK') continue;
    if (columns.length === 0) columns = received.columns;
    rows ??= new Map(state.rows);
    for (const row of received.rows) {
      if (event.type === 'DELETED') rows.delete(row.uid);
      else rows.set(row.uid, row);
    }
  }
  return { ...state, resourceVersion, columns, rows: rows ?? state.rows };
}

/** The error of an ERROR event, if the batch carries one. */
export function errorIn(events: readonly WatchEvent[]): KubeStatus | undefined {
  return events.find((event) => event.type === 'ERROR')?.object as KubeStatus | undefined;
}

export function listed(body: Table | (KubeObject & { items?: KubeObject[] })): Listed {
  if (body.kind === 'Table') {
    const table = body as Table;
    return { rows: tableRows(table), columns: table.columnDefinitions ?? [], resourceVersion: table.metadata?.resourceVersion };
  }
  const list = body as KubeObject & { items?: KubeObject[] };
  // Items of a list may leave out what the list says for all of them.
  const said = { apiVersion: list.apiVersion, kind: list.kind.replace(/List$/, '') };
  return { rows: (list.items ?? []).map((item) => objectRow({ ...said, ...item })), columns: [], resourceVersion: list.metadata.resourceVersion };
}

function unpack(object: WatchEvent['object']): Listed {
  if (object.kind === 'Table') {
    const table = object as Table;
    const version = table.rows?.[0]?.object?.metadata.resourceVersion;
    return { rows: tableRows(table), columns: table.columnDefinitions ?? [], resourceVersion: version ?? table.metadata?.resourceVersion };
  }
  const single = object as KubeObject;
  return { rows: [objectRow(single)], columns: [], resourceVersion: single.metadata.resourceVersion };
}

function tableRows(table: Table): Row[] {
  return (table.rows ?? []).map((row) => ({ uid: uidOf(row.object.metadata), metadata: row.object.metadata, cells: row.cells }));
}

function objectRow(object: KubeObject): Row {
  return { uid: uidOf(object.metadata), metadata: object.metadata, cells: [], object };
}

function uidOf(metadata: ObjectMeta): string {
  return metadata.uid ?? `${metadata.namespace ?? ''}/${metadata.name}`;
}
