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
  /** What a resync has received so far; shown only once it is complete. */
  staged?: Map<string, Row>;
}

export interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: KubeObject | Table | KubeStatus;
}

export const emptyList: ListState = { phase: 'loading', columns: [], rows: new Map() };

const initialEventsEnd = 'k8s.io/initial-events-end';

/** Starts receiving the whole list again; rows stay on screen until the new ones are complete. */
export function beginSync(state: ListState): ListState {
  return { ...state, staged: new Map() };
}

export function endSync(state: ListState, resourceVersion: string | undefined): ListState {
  const rows = state.staged ? keepUnchanged(state.rows, state.staged) : state.rows;
  return { ...state, phase: 'live', error: undefined, rows, staged: undefined, resourceVersion: resourceVersion ?? state.resourceVersion };
}

export function fail(state: ListState, error: KubeStatus): ListState {
  return { ...state, phase: 'failed', error };
}

export function lost(state: ListState, error?: KubeStatus): ListState {
  return state.phase === 'loading' ? { ...state, error, staged: undefined } : { ...state, phase: 'reconnecting', error, staged: undefined };
}

/** Folds one batch of events: one new Map per batch, however many events it holds. */
export function applyEvents(state: ListState, events: readonly WatchEvent[]): ListState {
  let next = state;
  let rows: Map<string, Row> | undefined;
  const writable = (): Map<string, Row> => {
    if (next.staged) return next.staged;
    rows ??= new Map(next.rows);
    return rows;
  };
  for (const event of events) {
    const { rows: received, columns, resourceVersion, annotations } = unpack(event.object);
    if (event.type === 'BOOKMARK') {
      if (annotations?.[initialEventsEnd] === 'true') {
        next = endSync({ ...next, rows: rows ?? next.rows }, resourceVersion);
        rows = undefined;
      } else if (resourceVersion) next = { ...next, resourceVersion };
      continue;
    }
    if (event.type === 'ERROR') continue;
    if (columns && columns.length > 0 && next.columns.length === 0) next = { ...next, columns };
    for (const row of received) {
      if (event.type === 'DELETED') writable().delete(row.uid);
      else writable().set(row.uid, row);
    }
    const version = received[0]?.metadata.resourceVersion ?? resourceVersion;
    if (version && !next.staged) next = { ...next, resourceVersion: version };
  }
  return rows ? { ...next, rows } : next;
}

/** The error of an ERROR event, if the batch carries one. */
export function errorIn(events: readonly WatchEvent[]): KubeStatus | undefined {
  return events.find((event) => event.type === 'ERROR')?.object as KubeStatus | undefined;
}

export function rowsOfList(body: Table | (KubeObject & { items?: KubeObject[] })): { rows: Row[]; columns: TableColumn[]; resourceVersion?: string } {
  if (body.kind === 'Table') {
    const table = body as Table;
    return { rows: tableRows(table), columns: table.columnDefinitions ?? [], resourceVersion: table.metadata?.resourceVersion };
  }
  const list = body as KubeObject & { items?: KubeObject[] };
  // Items of a list may leave out what the list says for all of them.
  const said = { apiVersion: list.apiVersion, kind: list.kind.replace(/List$/, '') };
  return { rows: (list.items ?? []).map((item) => objectRow({ ...said, ...item })), columns: [], resourceVersion: list.metadata.resourceVersion };
}

function unpack(object: WatchEvent['object']): {
  rows: Row[];
  columns?: TableColumn[];
  resourceVersion?: string;
  annotations?: Record<string, string>;
} {
  if (object.kind === 'Table') {
    const table = object as Table;
    const meta = table.rows?.[0]?.object?.metadata;
    const own = table.metadata as ObjectMeta | undefined;
    return {
      rows: tableRows(table),
      columns: table.columnDefinitions,
      resourceVersion: own?.resourceVersion ?? meta?.resourceVersion,
      annotations: meta?.annotations ?? own?.annotations,
    };
  }
  if (object.kind === 'Status') return { rows: [] };
  const single = object as KubeObject;
  return { rows: [objectRow(single)], resourceVersion: single.metadata?.resourceVersion, annotations: single.metadata?.annotations };
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

/** Keeps the identity of rows whose resourceVersion did not move, so that nothing re-renders after a resync. */
function keepUnchanged(before: ReadonlyMap<string, Row>, after: Map<string, Row>): Map<string, Row> {
  for (const [uid, row] of after) {
    const old = before.get(uid);
    if (old && old.metadata.resourceVersion === row.metadata.resourceVersion && row.metadata.resourceVersion) after.set(uid, old);
  }
  return after;
}
