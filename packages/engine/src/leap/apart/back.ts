import type { Instant } from '../../core/instant.ts';
import type { KubeObject } from '../../core/object.ts';
import type { Plain } from '../../core/state.ts';
import type { Txn } from '../../core/txn.ts';
import type { Played } from './away.ts';
import { type Diary, diaryOf, type Entry } from './diary.ts';
import type { Group } from './group.ts';
import type { Part, TaskPortrait } from './portrait.ts';
import { later, uidOf, type Voice } from './voice.ts';

/** Says under which revisions a group would have written. */
class Revisions {
  constructor(
    private readonly diary: Diary,
    private readonly group: Group,
    private readonly ms: number,
    private readonly played: Played,
  ) {}

  /** The revision of a write so much later. */
  moved(revision: number): number {
    const found = this.find(revision);
    if (found === undefined) throw new Error(`nothing is known of revision ${revision}`);
    return found;
  }

  find(revision: number): number | undefined {
    const entry = this.diary.entryOf(revision);
    const first = entry && this.firstAt(entry.at + this.ms);
    return entry && first !== undefined ? first + revision - entry.first : undefined;
  }

  /** The first revision of an instant at which the group writes. */
  firstAt(at: Instant): number | undefined {
    const { group, played } = this;
    if (at <= group.at) return this.diary.entryAt(at)?.first;
    const { writes, isHit } = group.script.until(at);
    return isHit ? played.since.revision + writes + this.playedBefore(at) + 1 : undefined;
  }

  private playedBefore(at: Instant): number {
    const { instants, writes } = this.played;
    let low = 0;
    for (let high = instants.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((instants[middle] as { at: Instant }).at < at) low = middle + 1;
      else high = middle;
    }
    return instants[low]?.before ?? writes;
  }
}

/** Puts a group where it would be after so many rounds, with all that it would have left behind. */
export function comeBack(txn: Txn, diary: Diary, group: Group, rounds: number, played: Played): void {
  const ms = rounds * group.roundMs;
  const revisions = new Revisions(diary, group, ms, played);
  const voice = later(txn.seed, ms, (revision) => revisions.moved(revision));
  const portraits = [...group.tasks.values()];
  txn.advance(group.at + ms);
  txn.skipTo(played.since.revision + rounds * group.script.perRound + played.writes);
  moveObjects(txn, diary, group, voice, rounds, played);
  for (const portrait of portraits) {
    moveTimers(txn, group, portrait, voice, ms);
    moveRuntime(txn, group, portrait, voice);
  }
  continueDiary(txn, diary, group, rounds, revisions);
  txn.adopt(diaryOf, diary);
}

function moveObjects(txn: Txn, diary: Diary, group: Group, voice: Voice, rounds: number, { since }: Played): void {
  const { names } = group.portraits;
  const said = ({ key, stored }: Part) => {
    const object = JSON.parse(names.say(stored.json, voice)) as KubeObject;
    return { key: names.say(key, voice), object, revision: Number(object.metadata.resourceVersion) };
  };
  const portraits = [...group.tasks.values()];
  const written = portraits.flatMap(({ task, parts, counted }) => {
    const growth = diary.looks.get(task)?.growth ?? [];
    const again = counted.map((part, i) => {
      const moved = said(part);
      moved.object.count = (moved.object.count as number) + rounds * (growth[i] as number);
      return moved;
    });
    return [...parts.map(said), ...again];
  });
  const kept = new Set(written.map(({ key }) => key));
  const removed = portraits.flatMap(({ parts, counted }) => [...parts, ...counted].map(({ key }) => key)).filter((key) => !kept.has(key));
  // What is older was left by rounds that are alike.
  const fresh = written.filter(({ revision }) => revision > since.revision);
  quietly(txn, () => txn.putBetween(since, removed, fresh));
}

/** Nobody is woken: for everybody who looks, all is as it was, only later. */
function quietly(txn: Txn, work: () => void): void {
  const { onEvent } = txn;
  txn.onEvent = () => {};
  work();
  txn.onEvent = onEvent;
}

function moveTimers(txn: Txn, { portraits }: Group, { timers }: TaskPortrait, voice: Voice, ms: number): void {
  for (const { controller, key, due } of timers) txn.setTimer(controller, portraits.names.say(key, voice), due + ms);
}

function moveRuntime(txn: Txn, { portraits: { names } }: Group, { runtime }: TaskPortrait, voice: Voice): void {
  const changed = runtime
    .map(([key, text]) => ({ key, text, newKey: names.say(key, voice), newText: names.say(text, voice) }))
    .filter((each) => each.key !== each.newKey || each.text !== each.newText);
  for (const { key, newKey } of changed) if (key !== newKey) txn.setRuntime(key, undefined);
  for (const { newKey, newText } of changed) txn.setRuntime(newKey, JSON.parse(newText) as Plain);
}

/** As if everything had been noted. */
function continueDiary(txn: Txn, diary: Diary, group: Group, rounds: number, revisions: Revisions): void {
  const { at, roundMs, entries, tasks } = group;
  const end = at + rounds * roundMs;
  for (const [, { revision, task }] of [...diary.births]) {
    const moved = tasks.has(task) ? revisions.find(revision) : undefined;
    if (moved !== undefined) diary.births.set(uidOf(txn.seed, moved), { revision: moved, task });
  }
  const added: Entry[] = [];
  for (let round = Math.max(1, rounds - ROUNDS_KEPT); round <= rounds; round++) {
    for (const entry of entries) {
      const then = entry.at + round * roundMs;
      added.push({ ...entry, at: then, first: revisions.firstAt(then) as number });
    }
  }
  diary.entries = [...diary.entries, ...added].sort((a, b) => a.at - b.at);
  for (const known of diary.addresses.values()) if (tasks.has(known.task) && known.at > at - roundMs) known.at = end;
  const looks = [...tasks.keys()].map((task) => {
    const look = diary.looks.get(task) as NonNullable<ReturnType<typeof diary.looks.get>>;
    return [task, { ...look, at: end, counts: look.counts.map((count, i) => count + rounds * (look.growth[i] as number)) }] as const;
  });
  diary.looks = new Map(looks);
}

/** As many as are looked back at. */
const ROUNDS_KEPT = 8;
