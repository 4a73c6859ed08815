import type { ClusterDelta } from './delta.ts';
import type { ClusterEvent, EventType } from './event.ts';
import type { Instant } from './instant.ts';
import { interleave, type Written } from './interleave.ts';
import { keyPrefix, type ObjectKey, type ResourceName } from './key.ts';
import type { KubeObject } from './object.ts';
import { type Followed, type Lineage, lineageAfter, newLineage, type Projection } from './projection.ts';
import { type ClusterSettings, type ClusterState, type Indexer, indexKey, type Plain, type QueueItem } from './state.ts';
import { Stored } from './stored.ts';
import { type Timer, timerId, timerKey, timerOf } from './timers.ts';
import type { Tree } from './tree.ts';

/** Everything a reader may ask of a cluster. Objects are shared: never change what these return. */
export interface View {
  readonly now: Instant;
  readonly seed: string;
  readonly settings: ClusterSettings;
  readonly revision: number;
  get(key: ObjectKey): KubeObject | undefined;
  stored(key: ObjectKey): Stored | undefined;
  /** Objects of a resource in key order; all namespaces where none is given. */
  list(resource: ResourceName, namespace?: string): KubeObject[];
  /** Objects of a resource under a value of one of its kind's indexes. `owner` (a uid) is there for every resource. */
  indexed(resource: ResourceName, index: string, value: string): KubeObject[];
  /** Keys of objects of any resource that name this uid as an owner. */
  dependents(uid: string): ObjectKey[];
  /** Whether anything names this uid as an owner. */
  hasDependents(uid: string): boolean;
  runtime<T = Plain>(key: string): T | undefined;
  runtimeKeys(prefix: string): string[];
  project<T>(projection: Projection<T>): T;
  /** When a controller looks at a key again by itself. */
  timer(controller: string, key: string): Instant | undefined;
}

/** Who writes, and which revision made them. */
export interface Authorship {
  actor: string;
  cause: number;
}

/** A point to return to, until it is kept or returned to. Savepoints nest. */
export interface Savepoint {
  readonly undoCount: number;
  readonly revision: number;
  readonly eventCount: number;
}

/** What a tree held at a key before it was written to. */
interface Undo {
  readonly tree: 'objects' | 'index' | 'timers' | 'timerDue' | 'runtimeTree';
  readonly key: string;
  readonly before: unknown;
}

const NO_ENTRIES: readonly string[] = [];

/** One unit of work over an immutable state: the only place where revisions are given out. */
export class Txn implements View {
  private objects: Tree<Stored>;
  private index: Tree<ObjectKey>;
  private timers: ClusterState['timers'];
  private timerDue: Tree<Instant>;
  private runtimeTree: Tree<Plain>;
  private owner: object = {};
  private touchedTimers = new Map<string, true>();
  private touchedRuntime = new Map<string, true>();
  /** What takes back the writes since the first open savepoint, oldest first. */
  private undo: Undo[] = [];
  private openSavepoints = 0;
  private lineage: Lineage;
  private current: number;
  private instant: Instant;
  readonly events: ClusterEvent[] = [];
  authorship: Authorship = { actor: 'system', cause: 0 };
  /** Told of every event as it is written. */
  onEvent: (event: ClusterEvent) => void = () => {};

  constructor(
    readonly base: ClusterState,
    private readonly indexer: Indexer,
  ) {
    this.objects = base.objects;
    this.index = base.index;
    this.timers = base.timers;
    this.timerDue = base.timerDue;
    this.runtimeTree = base.runtime;
    this.current = base.revision;
    this.instant = base.now;
    this.lineage = base.lineage?.head === base ? base.lineage : newLineage();
    this.lineage.head = undefined;
  }

  get now(): Instant {
    return this.instant;
  }
  get seed(): string {
    return this.base.seed;
  }
  get settings(): ClusterSettings {
    return this.base.settings;
  }
  get revision(): number {
    return this.current;
  }

  advance(at: Instant): void {
    if (at < this.instant) throw new Error(`time runs forward: ${at} is before ${this.instant}`);
    this.instant = at;
  }

  /** Takes back an advance under which nothing was written. */
  rewind(at: Instant): void {
    this.instant = at;
  }

  stored(key: ObjectKey): Stored | undefined {
    return this.objects.get(key);
  }

  get(key: ObjectKey): KubeObject | undefined {
    return this.objects.get(key)?.object;
  }

  list(resource: ResourceName, namespace?: string): KubeObject[] {
    return this.objects.within(keyPrefix(resource, namespace)).map((stored) => stored.object);
  }

  /** Stored entries in key order from the first key >= `from`. Materialise before writing: writes may move what is being walked. */
  entries(prefix: string, from?: string): Generator<[string, Stored]> {
    return this.objects.entries(prefix, from);
  }

  indexed(resource: ResourceName, index: string, value: string): KubeObject[] {
    const prefix = index === 'owner' ? `*|owner|${value}|${resource}/` : `${resource}|${index}|${value}|`;
    return this.index.within(prefix).map((key) => (this.objects.get(key) as Stored).object);
  }

  dependents(uid: string): ObjectKey[] {
    return this.index.within(`*|owner|${uid}|`);
  }

  hasDependents(uid: string): boolean {
    return this.index.first(`*|owner|${uid}|`) !== undefined;
  }

  runtime<T = Plain>(key: string): T | undefined {
    return this.runtimeTree.get(key) as T | undefined;
  }

  runtimeKeys(prefix: string): string[] {
    return this.runtimeTree.keys(prefix);
  }

  setRuntime(key: string, value: unknown): void {
    this.write('runtimeTree', key, value as Plain | undefined, this.runtimeTree.get(key));
    this.touchedRuntime.set(key, true);
  }

  project<T>(projection: Projection<T>): T {
    const { followed } = this.lineage;
    for (let i = 0; i < followed.length; i++) if ((followed[i] as Followed).projection === projection) return (followed[i] as Followed).value as T;
    const value = projection.build(this);
    followed.push({ projection: projection as Projection<unknown>, value });
    return value;
  }

  /** The revision that the next write gets; part of what a uid is derived from. */
  get nextRevision(): number {
    return this.current + 1;
  }

  /**
   * Stores an object under a new revision and returns it as stored. The object becomes shared and must not be changed after.
   * @param like for a new object: one that it shares parts with
   */
  put(key: ObjectKey, object: KubeObject, like?: KubeObject): KubeObject {
    const previous = this.objects.get(key);
    const revision = ++this.current;
    object.metadata.resourceVersion = String(revision);
    const stored = Stored.ofObject(object, revision, previous?.object ?? like);
    this.write('objects', key, stored, previous);
    this.reindex(key, previous, stored);
    this.emit(previous ? 'MODIFIED' : 'ADDED', key, stored, previous);
    return object;
  }

  /** Stores a new object that was made as text, with its revision in it, and is under no index. */
  putWritten(key: ObjectKey, json: string, facts: object): void {
    const stored = Stored.written(json, ++this.current, NO_ENTRIES, facts);
    this.write('objects', key, stored, undefined);
    this.emit('ADDED', key, stored, undefined);
  }

  /** Removes an object; the event shows it as it was, with the revision of its removal. */
  remove(key: ObjectKey): void {
    const previous = this.objects.get(key);
    if (!previous) throw new Error(`nothing to remove at ${key}`);
    const revision = ++this.current;
    const last = { ...previous.object, metadata: { ...previous.object.metadata, resourceVersion: String(revision) } };
    this.write('objects', key, undefined, previous);
    this.reindex(key, previous, undefined);
    this.emit('DELETED', key, Stored.ofObject(last, revision), previous);
  }

  private emit(type: EventType, key: ObjectKey, stored: Stored, previous: Stored | undefined): void {
    const event: ClusterEvent = {
      revision: stored.revision,
      type,
      key,
      stored,
      prevRevision: previous?.revision ?? 0,
      at: this.instant,
      actor: this.authorship.actor,
      cause: this.authorship.cause,
    };
    if (previous) event.previous = previous;
    this.events.push(event);
    const { followed } = this.lineage;
    for (let i = 0; i < followed.length; i++) (followed[i] as Followed).projection.apply((followed[i] as Followed).value, event);
    this.onEvent(event);
  }

  private reindex(key: ObjectKey, before: Stored | undefined, after: Stored | undefined): void {
    const old = before?.indexEntries(key, this.indexer) ?? NO_ENTRIES;
    const fresh = after?.indexEntries(key, this.indexer) ?? NO_ENTRIES;
    for (const entry of old) if (!fresh.includes(entry)) this.write('index', indexKey(entry, key), undefined, key);
    for (const entry of fresh) if (!old.includes(entry)) this.write('index', indexKey(entry, key), key, undefined);
  }

  /** Sets when a controller looks at a key again; undefined cancels. */
  setTimer(controller: string, key: string, due: Instant | undefined): void {
    const id = timerId(controller, key);
    const known = this.timerDue.get(id);
    if (known === due) return;
    if (known !== undefined) this.write('timers', timerKey(known, id), undefined, timerOf(id, known));
    if (due !== undefined) this.write('timers', timerKey(due, id), timerOf(id, due), undefined);
    this.write('timerDue', id, due, known);
    this.touchedTimers.set(id, true);
  }

  timer(controller: string, key: string): Instant | undefined {
    return this.timerDue.get(timerId(controller, key));
  }

  /** The next instant at which something happens by itself. */
  nextDue(): Instant | undefined {
    return this.timers.first()?.[1].due;
  }

  /** Everything that is due some time, soonest first. */
  pending(): Generator<Timer> {
    return this.timers.values('');
  }

  /** How many objects there are. */
  get objectCount(): number {
    return this.objects.size;
  }

  runtimeEntries(): Generator<[string, Plain]> {
    return this.runtimeTree.entries('');
  }

  /** Leaves out revisions of which others are known to have had the use. */
  skipTo(revision: number): void {
    if (revision < this.current) throw new Error(`revisions only grow: ${revision} comes after ${this.current}`);
    this.current = revision;
  }

  /** Goes on with a projection's value that was followed elsewhere. */
  adopt<T>(projection: Projection<T>, value: T): void {
    const { followed } = this.lineage;
    const known = followed.findIndex((each) => each.projection === (projection as Projection<unknown>));
    followed.splice(known < 0 ? followed.length : known, 1, { projection: projection as Projection<unknown>, value });
  }

  /**
   * Goes on to a later revision, leaving out what is known to have happened without being played. What it leaves behind comes under
   * the revisions that it would have; what it removes goes under those that remain.
   */
  leap(revision: number, removed: readonly ObjectKey[], written: readonly Written[]): void {
    for (const write of interleave(removed, written, this.current, [])) {
      if (write.revision <= this.current) throw new Error(`revisions only grow: ${write.revision} comes after ${this.current}`);
      this.current = write.revision - 1;
      if (write.object) this.put(write.key, write.object);
      else this.remove(write.key);
    }
    if (revision < this.current) throw new Error(`revisions only grow: ${revision} comes after ${this.current}`);
    this.current = revision;
  }

  /**
   * Puts in what is known to have been written since a savepoint, between what has been written since, under revisions that were
   * left out for it; what it removes goes under those that remain. Projections begin anew.
   */
  putBetween(since: Savepoint, removed: readonly ObjectKey[], written: readonly Written[]): void {
    const { current } = this;
    this.lineage = lineageAfter(this.lineage);
    for (const write of interleave(removed, written, since.revision, this.events.slice(since.eventCount))) {
      if (write.revision <= since.revision || write.revision > current) throw new Error(`${write.revision} was not left out`);
      this.current = write.revision - 1;
      if (write.object) this.put(write.key, write.object);
      else this.remove(write.key);
    }
    this.current = current;
    const events = this.events.splice(since.eventCount);
    this.events.push(...events.sort((a, b) => a.revision - b.revision));
  }

  /** Takes the first timer that is due at or before an instant. */
  takeDue(at: Instant): { controller: string; key: string; due: Instant } | undefined {
    const first = this.timers.first()?.[1];
    if (!first || first.due > at) return undefined;
    this.setTimer(first.controller, first.key, undefined);
    return first;
  }

  savepoint(): Savepoint {
    this.openSavepoints++;
    return { undoCount: this.undo.length, revision: this.current, eventCount: this.events.length };
  }

  /** Ends the newest savepoint: what was written since stays. */
  keep(): void {
    if (--this.openSavepoints === 0) this.undo = [];
  }

  /** Ends the newest savepoint and forgets everything written since. Touched keys may stay listed: their after-images are read at the end. */
  rollback(to: Savepoint): void {
    this.openSavepoints--;
    while (this.undo.length > to.undoCount) {
      const { tree, key, before } = this.undo.pop() as Undo;
      this.set(tree, key, before);
    }
    this.current = to.revision;
    if (this.events.length > to.eventCount) {
      this.events.length = to.eventCount;
      this.lineage = lineageAfter(this.lineage);
    }
  }

  /** @param before what the tree holds at the key */
  private write<T>(tree: Undo['tree'], key: string, value: T | undefined, before: T | undefined): void {
    if (this.openSavepoints > 0) this.undo.push({ tree, key, before });
    this.set(tree, key, value);
  }

  private set(name: Undo['tree'], key: string, value: unknown): void {
    const tree = this[name] as Tree<unknown>;
    this[name] = (value === undefined ? tree.delete(key, this.owner) : tree.set(key, value, this.owner)) as never;
  }

  /** Whether anything would be written. */
  get changed(): boolean {
    return this.events.length > 0 || this.touchedTimers.size > 0 || this.touchedRuntime.size > 0;
  }

  /** The base itself, where nothing changed; its projections stay usable. */
  unchanged(): ClusterState {
    if (this.base.lineage === this.lineage) this.lineage.head = this.base;
    return this.base;
  }

  /** The new state and what it takes to get there from the base. */
  finish(queue: readonly QueueItem[]): { state: ClusterState; delta: ClusterDelta } {
    const state: ClusterState = {
      revision: this.current,
      now: this.instant,
      seed: this.base.seed,
      settings: this.base.settings,
      objects: this.objects,
      timers: this.timers,
      queue,
      runtime: this.runtimeTree,
      timerDue: this.timerDue,
      index: this.index,
      lineage: this.lineage,
    };
    this.lineage.head = state;
    this.owner = {};
    const delta: ClusterDelta = {
      from: this.base.revision,
      revision: this.current,
      now: this.instant,
      events: this.events,
      timers: [...this.touchedTimers.keys()].map((id) => [id, this.timerDue.get(id) ?? null]),
      queue,
      runtime: [...this.touchedRuntime.keys()].map((key) => [key, this.runtimeTree.get(key) ?? null]),
    };
    return { state, delta };
  }
}
