import { hash32 } from '../core/chance.ts';
import { type Instant, parseRfc3339 } from '../core/instant.ts';
import type { ObjectKey } from '../core/key.ts';
import { EVENT_TTL_CONTROLLER } from '../core/limits.ts';
import type { KubeObject } from '../core/object.ts';
import type { Stored } from '../core/stored.ts';
import type { Timer } from '../core/timers.ts';
import type { Txn } from '../core/txn.ts';
import { eventsUnderLease } from '../machinery/leases.ts';
import type { Running } from './loops.ts';
import { ALL_FRESH, type Fresh, Names } from './names.ts';
import { relative, type Voice } from './voice.ts';

/** Between which looks. */
export interface Span {
  at: Instant;
  strideMs: number;
  /** Revision of the look before. */
  since: number;
}

interface Part {
  key: ObjectKey;
  stored: Stored;
  fresh: Fresh;
}

const EVENTS = 'core/events/';
/** What a run refers to may have happened a moment before it: the minute that it is named after. */
const EARLIER_MS = 60_000;
const COUNT = /"count":\d+/;

const nameOf = (key: ObjectKey): string => key.slice(key.lastIndexOf('/') + 1);

/** Everything that comes anew or changes from round to round, and by which names. Undefined where that cannot be told. */
export function portraitOf(txn: Txn, loops: readonly Running[], span: Span): Portrait | undefined {
  const portrait = new Portrait(txn, loops, span);
  return portrait.names.isLost ? undefined : portrait;
}

export class Portrait {
  readonly names: Names;
  /** Made and forgotten by the runs themselves. */
  readonly passing: Part[] = [];
  /** There all along, and changed in every round. */
  readonly lasting: Part[] = [];
  /** Events that say the same thing once more each round. */
  readonly counted: Part[] = [];
  readonly runtime: [key: string, text: string][] = [];
  readonly moving: Timer[] = [];
  readonly fixed: Timer[] = [];
  /** What is there all along may hold instants of long ago. */
  readonly recent: Fresh;

  constructor(
    private readonly txn: Txn,
    loops: readonly Running[],
    private readonly span: Span,
  ) {
    const { at, strideMs } = span;
    this.recent = { after: at - 2 * strideMs, until: at + strideMs, afterRevision: 2 * span.since - txn.revision };
    this.names = new Names(txn.seed, at, new Set(loops.map(({ key }) => nameOf(key))));
    const roots = new Set(loops.map(({ key }) => key));
    this.collectObjects(roots, new Set(loops.flatMap(({ loop }) => loop.members())));
    this.learn(roots);
    if (this.names.isLost) return;
    this.collectTimers(roots);
    this.collectRuntime();
  }

  private collectObjects(roots: ReadonlySet<ObjectKey>, members: ReadonlySet<ObjectKey>): void {
    const rootUids = new Set([...roots].map((key) => this.txn.get(key)?.metadata.uid));
    for (const [key, stored] of this.txn.entries('')) {
      if (members.has(key)) this.passing.push(this.passingPart(key, stored));
      else if (key.startsWith(EVENTS) && this.isAboutRun(stored.object, rootUids)) {
        const isCounted = rootUids.has(stored.object.involvedObject.uid) && (stored.object.count ?? 1) > 1;
        if (isCounted) this.counted.push({ key, stored, fresh: this.recent });
        else this.passing.push(this.passingPart(key, stored));
      } else if (stored.revision > this.span.since || roots.has(key)) {
        const isCounted = key.startsWith(EVENTS) && typeof stored.object.count === 'number';
        (isCounted ? this.counted : this.lasting).push({ key, stored, fresh: this.recent });
      }
    }
  }

  private isAboutRun({ involvedObject }: KubeObject, rootUids: ReadonlySet<string | undefined>): boolean {
    return involvedObject !== undefined && (rootUids.has(involvedObject.uid) || this.names.isOfRun(involvedObject.name ?? ''));
  }

  /** What has come into being in a round tells of nothing that was before. */
  private passingPart(key: ObjectKey, stored: Stored): Part {
    const made = parseRfc3339(stored.object.metadata.creationTimestamp ?? '') ?? this.span.at;
    return { key, stored, fresh: { ...ALL_FRESH, after: made - EARLIER_MS } };
  }

  private learn(roots: ReadonlySet<ObjectKey>): void {
    const { names, txn } = this;
    const rootUids = new Set([...roots].map((key) => txn.get(key)?.metadata.uid));
    const uids = new Set<string>();
    const pods = new Map<string, string>();
    for (const { key, stored } of this.passing) {
      const { metadata, involvedObject } = stored.object;
      uids.add(metadata.uid as string);
      if (key.startsWith('core/pods/')) pods.set(metadata.name as string, metadata.uid as string);
      if (!key.startsWith(EVENTS) || rootUids.has(involvedObject.uid)) continue;
      uids.add(involvedObject.uid);
      if (involvedObject.kind === 'Pod') pods.set(involvedObject.name, involvedObject.uid);
    }
    names.learnUids(uids, txn.revision);
    if (names.isLost) return;
    for (const [name, uid] of pods) names.learnPod(name, uid);
    for (const { key, stored } of this.passing) {
      if (key.startsWith('core/pods/')) names.learnContents(stored.object);
      else if (key.startsWith(EVENTS)) names.learnEvent(stored.object);
    }
  }

  /** What is due within the next round has been due in the last one too, if they are alike; what is due later is fixed, but for what the runs left. */
  private collectTimers(roots: ReadonlySet<ObjectKey>): void {
    const own = new Set([...roots, ...this.passing.map(({ key }) => key), ...this.counted.map(({ key }) => key)]);
    for (const timer of this.txn.pending()) {
      const moves = timer.due <= this.recent.until || own.has(timer.key) || this.isNamed(timer.key) || this.isLease(timer, own);
      (moves ? this.moving : this.fixed).push(timer);
    }
    const [first] = this.fixed;
    if (first) this.names.nextFixed = Math.min(this.names.nextFixed, first.due);
  }

  /** The lease of Events that the rounds left, and of no other. */
  private isLease({ controller, due }: Timer, own: ReadonlySet<ObjectKey>): boolean {
    return controller === EVENT_TTL_CONTROLLER && eventsUnderLease(this.txn, due).every((key) => own.has(key));
  }

  private isNamed(key: string): boolean {
    const name = nameOf(key);
    return this.names.isOfRun(name) || this.names.knowsUid(name);
  }

  private collectRuntime(): void {
    const concerned = new Set<string>();
    for (const { key } of this.moving) concerned.add(this.txn.get(key)?.metadata.uid ?? '');
    for (const { stored } of this.lasting) concerned.add(stored.object.metadata.uid as string);
    for (const [key, value] of this.txn.runtimeEntries()) {
      if (key.startsWith('leap/')) continue;
      const uid = nameOf(key);
      const isOfPod = key.startsWith('kubelet/') || key.startsWith('schedule/');
      if (!isOfPod || this.names.knowsUid(uid) || concerned.has(uid)) this.runtime.push([key, JSON.stringify(value)]);
    }
  }

  /** A lease is called by its end, which lies beyond the next round. */
  freshOfTimer({ controller }: Timer): Fresh {
    return controller === EVENT_TTL_CONTROLLER ? ALL_FRESH : this.recent;
  }

  /** The instants in what the runs left are all their own. */
  freshOf(runtimeKey: string): Fresh {
    const name = nameOf(runtimeKey);
    const isOwn = this.names.knowsUid(name) || this.names.isOfRun(name);
    return isOwn ? ALL_FRESH : this.recent;
  }

  /** The first fixed instant that is still to come. */
  get nextFixed(): Instant {
    return this.names.nextFixed;
  }

  get size(): number {
    return this.passing.length + this.lasting.length + this.counted.length;
  }

  counts(): number[] {
    return this.counted.map(({ stored }) => stored.object.count as number);
  }

  *lines(voice: Voice): Generator<string> {
    const { names, txn } = this;
    yield `${txn.objectCount}`;
    for (const { key, stored, fresh } of [...this.passing, ...this.lasting]) {
      yield `${names.say(key, voice, fresh)} ${names.say(stored.json, voice, fresh)}`;
    }
    for (const { key, stored, fresh } of this.counted) yield `${key} ${names.say(stored.json.replace(COUNT, ''), voice, fresh)}`;
    for (const [key, text] of this.runtime) yield `${names.say(key, voice, this.recent)} ${names.say(text, voice, this.freshOf(key))}`;
    for (const timer of this.moving) yield `${voice.instant(timer.due)} ${timer.controller} ${names.say(timer.key, voice, this.freshOfTimer(timer))}`;
    for (const { controller, key, due } of this.fixed) yield `${due} ${controller} ${key}`;
  }

  /** The same for rounds that are alike; empty where something in it could not be told. */
  likeness(): string {
    // Names begin with chance: in which order they come says nothing.
    const text = [...this.lines(relative({ at: this.span.at, revision: this.txn.revision }))].sort().join('\n');
    return this.names.isLost ? '' : [1, 2, 3, 4].map((salt) => hash32(text, salt).toString(16).padStart(8, '0')).join('');
  }
}
