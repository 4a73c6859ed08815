import type { ClusterEvent, EventType } from './event.ts';
import type { Instant } from './instant.ts';
import type { ObjectKey } from './key.ts';
import { SNAPSHOT_CHUNK_OBJECTS } from './limits.ts';
import { type ClusterSettings, type ClusterState, emptyState, type Indexer, indexKey, type Plain, type QueueItem } from './state.ts';
import { Stored } from './stored.ts';
import { timerKey, timerOf } from './timers.ts';
import { Tree } from './tree.ts';

/** After-images of one commit: what the log holds. Folding deltas over a state gives the later state. */
export interface ClusterDelta {
  /** Revision of the state it applies to. Equal to `revision` where only timers or runtime changed. */
  from: number;
  revision: number;
  now: Instant;
  events: readonly ClusterEvent[];
  timers: readonly (readonly [id: string, due: Instant | null])[];
  queue: readonly QueueItem[];
  runtime: readonly (readonly [key: string, value: Plain])[];
}

export function applyDelta(state: ClusterState, delta: ClusterDelta, indexer: Indexer): ClusterState {
  if (delta.from !== state.revision) throw new Error(`a delta from revision ${delta.from} does not fit a state at ${state.revision}`);
  const owner = {};
  let { objects, index, timers, timerDue, runtime } = state;
  for (const event of delta.events) {
    const old = objects.get(event.key);
    if (old) for (const entry of indexer(event.key, old.object)) index = index.delete(indexKey(entry, event.key), owner);
    if (event.type === 'DELETED') {
      objects = objects.delete(event.key, owner);
    } else {
      objects = objects.set(event.key, event.stored, owner);
      for (const entry of indexer(event.key, event.stored.object)) index = index.set(indexKey(entry, event.key), event.key, owner);
    }
  }
  for (const [id, due] of delta.timers) {
    const known = timerDue.get(id);
    if (known !== undefined) timers = timers.delete(timerKey(known, id), owner);
    timerDue = due === null ? timerDue.delete(id, owner) : timerDue.set(id, due, owner);
    if (due !== null) timers = timers.set(timerKey(due, id), timerOf(id, due), owner);
  }
  for (const [key, value] of delta.runtime) runtime = value === null ? runtime.delete(key, owner) : runtime.set(key, value, owner);
  return {
    ...state,
    revision: delta.revision,
    now: delta.now,
    objects,
    index,
    timers,
    timerDue,
    runtime,
    queue: delta.queue,
    lineage: undefined,
  };
}

const TYPES: readonly EventType[] = ['ADDED', 'MODIFIED', 'DELETED'];

/** One line of JSON for the head, then one for each event: its head and, after a tab, the object's own text. */
export function encodeDelta(delta: ClusterDelta): string {
  const head = { v: 1, from: delta.from, revision: delta.revision, now: delta.now, timers: delta.timers, queue: delta.queue, runtime: delta.runtime };
  const lines = [JSON.stringify(head)];
  for (const e of delta.events) {
    lines.push(`${JSON.stringify([TYPES.indexOf(e.type), e.revision, e.key, e.prevRevision, e.at, e.actor, e.cause])}\t${e.stored.json}`);
  }
  return lines.join('\n');
}

export function decodeDelta(text: string): ClusterDelta {
  const lines = text.split('\n');
  const head = JSON.parse(lines[0] as string) as ClusterDelta & { v: number };
  if (head.v !== 1) throw new Error(`unknown commit format ${head.v}`);
  const events = lines.slice(1).map((line): ClusterEvent => {
    const tab = line.indexOf('\t');
    const [type, revision, key, prevRevision, at, actor, cause] = JSON.parse(line.slice(0, tab)) as [number, number, string, number, number, string, number];
    return { type: TYPES[type] as EventType, revision, key, prevRevision, at, actor, cause, stored: Stored.ofJson(line.slice(tab + 1), revision) };
  });
  const { from, revision, now, timers, queue, runtime } = head;
  return { from, revision, now, events, timers, queue, runtime };
}

/**
 * A state as texts of bounded size: the first holds everything but objects, each further one up to SNAPSHOT_CHUNK_OBJECTS of them,
 * a line each: `<revision>\t<key>\t<json>`. The same state always gives the same texts, so that chunks can be addressed by their content.
 */
export function encodeState(state: ClusterState): string[] {
  const head = {
    v: 1,
    revision: state.revision,
    now: state.now,
    seed: state.seed,
    settings: state.settings,
    queue: state.queue,
    timers: [...state.timerDue.entries()],
    runtime: [...state.runtime.entries()],
  };
  const chunks = [JSON.stringify(head)];
  let lines: string[] = [];
  const flush = (): void => {
    if (lines.length > 0) chunks.push(lines.join('\n'));
    lines = [];
  };
  for (const [key, stored] of state.objects.entries()) {
    lines.push(`${stored.revision}\t${key}\t${stored.json}`);
    if (lines.length === SNAPSHOT_CHUNK_OBJECTS) flush();
  }
  flush();
  return chunks;
}

interface StateHead {
  v: number;
  revision: number;
  now: Instant;
  seed: string;
  settings: ClusterSettings;
  queue: QueueItem[];
  timers: [string, Instant][];
  runtime: [string, Plain][];
}

export function decodeState(chunks: readonly string[], indexer: Indexer): ClusterState {
  const head = JSON.parse(chunks[0] as string) as StateHead;
  if (head.v !== 1) throw new Error(`unknown snapshot format ${head.v}`);
  const objects: [string, Stored][] = [];
  for (const chunk of chunks.slice(1)) {
    for (const line of chunk.split('\n')) {
      const first = line.indexOf('\t');
      const second = line.indexOf('\t', first + 1);
      objects.push([line.slice(first + 1, second), Stored.ofJson(line.slice(second + 1), Number(line.slice(0, first)))]);
    }
  }
  return {
    ...emptyState(head.seed, head.now, head.settings),
    revision: head.revision,
    objects: Tree.from(objects),
    queue: head.queue,
    runtime: Tree.from(head.runtime),
    timerDue: Tree.from(head.timers),
    timers: Tree.from(head.timers.map(([id, due]) => [timerKey(due, id), timerOf(id, due)] as const)),
    index: Tree.from(indexEntries(objects, indexer)),
  };
}

function* indexEntries(objects: readonly [string, Stored][], indexer: Indexer): Generator<readonly [string, ObjectKey]> {
  for (const [key, stored] of objects) for (const entry of indexer(key, stored.object)) yield [indexKey(entry, key), key];
}
