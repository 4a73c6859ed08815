import type { Instant } from '../../core/instant.ts';
import type { Stored } from '../../core/stored.ts';
import type { Txn } from '../../core/txn.ts';
import { addressesTo } from '../../kubelet/addresses.ts';
import { type Diary, type Entry, OTHERS } from './diary.ts';
import { isFollowed, weightOf } from './independence.ts';
import type { Portraits, TaskPortrait } from './portrait.ts';

/** How many writes come in each round, and when. */
export class Script {
  private readonly offsets: number[] = [];
  private readonly before: number[] = [];
  readonly perRound: number;

  constructor(
    private readonly at: Instant,
    private readonly roundMs: number,
    entries: readonly Entry[],
  ) {
    let sum = 0;
    for (const entry of entries) {
      this.offsets.push(entry.at - (at - roundMs));
      this.before.push(sum);
      sum += entry.total;
    }
    this.perRound = sum;
  }

  /** How many writes come before an instant that is later than where the script begins, and whether one comes at it. */
  until(instant: Instant): { writes: number; isHit: boolean } {
    const elapsedMs = instant - this.at;
    const rounds = Math.ceil(elapsedMs / this.roundMs) - 1;
    const offset = elapsedMs - rounds * this.roundMs;
    let low = 0;
    for (let high = this.offsets.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((this.offsets[middle] as number) < offset) low = middle + 1;
      else high = middle;
    }
    return { writes: rounds * this.perRound + (this.before[low] ?? this.perRound), isHit: this.offsets[low] === offset };
  }
}

/** Tasks that have done in the latest round what they did in the one before it. */
export interface Group {
  at: Instant;
  roundMs: number;
  tasks: ReadonlyMap<string, TaskPortrait>;
  portraits: Portraits;
  script: Script;
  /** Their writes of one round. */
  entries: readonly Entry[];
  /** Some of them ask for what others might want too. */
  isHeavy: boolean;
  addresses: ReadonlySet<string>;
}

export function groupOf(txn: Txn, diary: Diary, portraits: Portraits, steady: ReadonlySet<string>, at: Instant, roundMs: number): Group | undefined {
  const entries = diary.between(at - roundMs, at);
  const light = new Set<string>();
  const heavy = new Set<string>();
  for (const task of steady) {
    const { object } = txn.stored(`batch/cronjobs/${task}`) as Stored;
    const weight = weightOf(object);
    if (weight === 'none' || isFollowed(txn, object) || portraits.tasks.get(task)?.isShared) continue;
    (weight === 'light' ? light : heavy).add(task);
  }
  const active = new Set(entries.flatMap(({ counts }) => [...counts.keys()]).filter((task) => task !== OTHERS));
  const isAll = [...active].every((task) => light.has(task) || heavy.has(task));
  const chosen = apart(isAll ? new Set([...light, ...heavy]) : light, entries);
  if (chosen.size === 0) return undefined;
  const own = entries.filter(({ counts }) => [...counts.keys()].some((task) => chosen.has(task)));
  return {
    at,
    roundMs,
    tasks: new Map([...chosen].map((task) => [task, portraits.tasks.get(task) as TaskPortrait])),
    portraits,
    script: new Script(at, roundMs, own),
    entries: own,
    isHeavy: [...chosen].some((task) => heavy.has(task)),
    addresses: addressesOf(diary, chosen, at - roundMs),
  };
}

/** Without those that wrote at an instant at which others did. */
function apart(tasks: Set<string>, entries: readonly Entry[]): Set<string> {
  for (let changed = true; changed; ) {
    changed = false;
    for (const { counts } of entries) {
      if (counts.size < 2 || [...counts.keys()].every((task) => tasks.has(task))) continue;
      for (const task of counts.keys()) changed = tasks.delete(task) || changed;
    }
  }
  return tasks;
}

function addressesOf(diary: Diary, tasks: ReadonlySet<string>, since: Instant): Set<string> {
  const found = new Set<string>();
  for (const [address, { task, at }] of diary.addresses) {
    if (at > since && tasks.has(task)) for (const each of addressesTo(task, address)) found.add(each);
  }
  return found;
}
