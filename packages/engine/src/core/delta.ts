import { hash32 } from './chance.ts';
import type { ClusterEvent, EventType } from './event.ts';
import type { Instant } from './instant.ts';
import type { ObjectKey } from './key.ts';
import { SNAPSHOT_BORDER_EVERY, SNAPSHOT_CHUNK_OBJECTS } from './limits.ts';
import { type ClusterSettings, type ClusterState, emptyState, type Indexer, indexKey, type Plain, type QueueItem } from './state.ts';
import { Stored } from './stored.ts';
import { quoted } from './text.ts';
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
    lines.push(`[${TYPES.indexOf(e.type)},${e.revision},${quoted(e.key)},${e.prevRevision},${e.at},${quoted(e.actor)},${e.cause}]\t${e.stored.json}`);
  }
  return lines.join('\n');
}

export function decodeDelta(text: string): ClusterDelta {
  const lines = text.split('\n');
  const head = JSON.parse(lines[0] as string) as ClusterDelta & { v: number };
  if (head.v !== 1) throw new Error(`unknown commit format ${head.v}`);
  const events = lines.slice(1).map((line): ClusterEvent => {
    const tab = line.indexOf('\t');
    const [type, revision, key, prevRevision, at, actor, cause] = JSON.parse(line.slice(0, tab)) as [
      number,
      number,
      string,
      number,
      number,
      string,
      number,
    ];
    return { type: TYPES[type] as EventType, revision, key, prevRevision, at, actor, cause, stored: Stored.ofJson(line.slice(tab + 1), revision) };
  });
  const { from, revision, now, timers, queue, runtime } = head;
  return { from, revision, now, events, timers, queue, runtime };
}

/**
 * One delta that does what several in a row do: of each object, timer and runtime value only the last image is kept.
 * A cold load of a long log parses what is left and not what was overwritten on the way. Its events are no history.
 */
export function mergeDeltas(deltas: readonly ClusterDelta[]): ClusterDelta | undefined {
  const [first, last] = [deltas[0], deltas[deltas.length - 1]];
  if (first === undefined || last === undefined || first === last) return first;
  const events = new Map<ObjectKey, ClusterEvent>();
  const timers = new Map<string, Instant | null>();
  const runtime = new Map<string, Plain>();
  let revision = first.from;
  for (const delta of deltas) {
    if (delta.from !== revision) throw new Error(`a delta from revision ${delta.from} does not follow one to ${revision}`);
    revision = delta.revision;
    for (const event of delta.events) events.set(event.key, event);
    for (const [id, due] of delta.timers) timers.set(id, due);
    for (const [key, value] of delta.runtime) runtime.set(key, value);
  }
  return {
    from: first.from,
    revision,
    now: last.now,
    events: [...events.values()],
    timers: [...timers],
    queue: last.queue,
    runtime: [...runtime],
  };
}

/** Several deltas in a row as one: every event is kept, of timers and runtime the last image. What a group of requests commits together. */
export function joinDeltas(deltas: readonly ClusterDelta[]): ClusterDelta | undefined {
  const merged = mergeDeltas(deltas);
  return merged && { ...merged, events: deltas.flatMap((delta) => delta.events) };
}

interface StateHead {
  v: number;
  revision: number;
  now: Instant;
  seed: string;
  settings: ClusterSettings;
  queue: readonly QueueItem[];
}

/**
 * A state as texts of bounded size, so that chunks can be addressed by their content: the first is the head, each further one holds lines
 * of one sort: objects `<revision>\t<key>\t<json>`, runtime `r\t<key>\t<json>`, timers `t\t<id>\t<due>`.
 * Where a chunk ends is decided by its keys and not by counting, so a change moves the borders beside it and leaves the other chunks as they were.
 */
export function* encodeStateChunks(state: ClusterState): Generator<string> {
  const { revision, now, seed, settings, queue } = state;
  yield JSON.stringify({ v: 1, revision, now, seed, settings, queue } satisfies StateHead);
  yield* chunked(objectLines(state));
  yield* chunked(runtimeLines(state));
  yield* chunked(timerLines(state));
}

export const encodeState = (state: ClusterState): string[] => [...encodeStateChunks(state)];

type KeyedLine = readonly [key: string, line: string];

function* objectLines(state: ClusterState): Generator<KeyedLine> {
  for (const [key, stored] of state.objects.entries()) yield [key, `${stored.revision}\t${key}\t${stored.json}`];
}

function* runtimeLines(state: ClusterState): Generator<KeyedLine> {
  for (const [key, value] of state.runtime.entries()) yield [key, `r\t${key}\t${JSON.stringify(value)}`];
}

function* timerLines(state: ClusterState): Generator<KeyedLine> {
  for (const [id, due] of state.timerDue.entries()) yield [id, `t\t${id}\t${due}`];
}

function* chunked(lines: Iterable<KeyedLine>): Generator<string> {
  let chunk: string[] = [];
  for (const [key, line] of lines) {
    const border = chunk.length >= SNAPSHOT_CHUNK_OBJECTS || hash32(key) % SNAPSHOT_BORDER_EVERY === 0;
    if (border && chunk.length > 0) {
      yield chunk.join('\n');
      chunk = [];
    }
    chunk.push(line);
  }
  if (chunk.length > 0) yield chunk.join('\n');
}

export function decodeState(chunks: readonly string[], indexer: Indexer): ClusterState {
  const head = JSON.parse(chunks[0] as string) as StateHead;
  if (head.v !== 1) throw new Error(`unknown snapshot format ${head.v}`);
  const objects: [string, Stored][] = [];
  const runtime: [string, Plain][] = [];
  const timers: [string, Instant][] = [];
  for (const chunk of chunks.slice(1)) {
    for (const line of chunk.split('\n')) {
      const first = line.indexOf('\t');
      const second = line.indexOf('\t', first + 1);
      const sort = line.slice(0, first);
      const key = line.slice(first + 1, second);
      const text = line.slice(second + 1);
      if (sort === 'r') runtime.push([key, JSON.parse(text) as Plain]);
      else if (sort === 't') timers.push([key, Number(text)]);
      else objects.push([key, Stored.ofJson(text, Number(sort))]);
    }
  }
  return {
    ...emptyState(head.seed, head.now, head.settings),
    revision: head.revision,
    objects: Tree.from(objects),
    queue: head.queue,
    runtime: Tree.from(runtime),
    timerDue: Tree.from(timers),
    timers: Tree.from(timers.map(([id, due]) => [timerKey(due, id), timerOf(id, due)] as const)),
    index: Tree.from(indexEntries(objects, indexer)),
  };
}

function* indexEntries(objects: readonly [string, Stored][], indexer: Indexer): Generator<readonly [string, ObjectKey]> {
  for (const [key, stored] of objects) for (const entry of indexer(key, stored.object)) yield [indexKey(entry, key), key];
}
