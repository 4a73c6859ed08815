import type { ClusterEvent } from '../../core/event.ts';
import type { Instant } from '../../core/instant.ts';
import { splitKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { Projection } from '../../core/projection.ts';
import { taskOf } from '../../core/run-name.ts';
import { type PodObject, taskOfPod } from '../../kinds/shared/pod.ts';

/**
 * Who wrote when: what tasks (CronJobs and all that their runs make) wrote, apart from one another and from everybody else.
 * It is there only while a process stays with a cluster; without it rounds are played as they come.
 */

/** Nobody's: writes that no task made. */
export const OTHERS = '';

/** All writes of one instant. */
export interface Entry {
  at: Instant;
  /** Its first revision. */
  first: number;
  /** How many each task wrote, by `namespace/name`. */
  counts: Map<string, number>;
  total: number;
}

/** The task to which a write belongs. */
export function taskOfEvent({ key, stored }: Pick<ClusterEvent, 'key' | 'stored'>): string {
  if (key.startsWith('core/events/')) return taskOfTold(stored.object);
  const isOfRun = key.startsWith('core/pods/') || key.startsWith('batch/jobs/');
  if (!isOfRun && !key.startsWith('batch/cronjobs/')) return OTHERS;
  const { namespace, name } = splitKey(key);
  const task = isOfRun ? taskOf(name) : name;
  return task === undefined ? OTHERS : `${namespace}/${task}`;
}

/** Of whom an Event tells. */
export function taskOfTold({ involvedObject, metadata }: KubeObject): string {
  const { kind, name = '' } = involvedObject ?? {};
  const task = kind === 'CronJob' ? name : kind === 'Job' || kind === 'Pod' ? taskOf(name) : undefined;
  return task === undefined ? OTHERS : `${metadata.namespace}/${task}`;
}

const ENTRIES_MAX = 40_000;

export interface Birth {
  revision: number;
  task: string;
}

/** What a task looked like at the end of a round, and what it had written in it. */
export interface Look {
  at: Instant;
  likeness: string;
  script: string;
  /** Whether it was so a round before. */
  isSteady: boolean;
  /** How often it has been said what is said once more each round, and how many times more that is than a round before. */
  counts: number[];
  growth: number[];
}

export class Diary {
  entries: Entry[] = [];
  /** The revisions that objects of tasks were made under, by uid. */
  births = new Map<string, Birth>();
  /** Addresses of pods of tasks, and when each was last heard of. */
  addresses = new Map<string, { task: string; at: Instant }>();
  looks = new Map<string, Look>();
  /** How often there was a group. */
  patience = 0;
  lookedAt: Instant = Number.NEGATIVE_INFINITY;
  /** Until then, somebody is about to do what is no matter of his own. */
  blockedUntil: Instant = Number.NEGATIVE_INFINITY;

  note(event: ClusterEvent): void {
    const task = taskOfEvent(event);
    const last = this.entries.at(-1);
    if (last?.at === event.at) {
      last.counts.set(task, (last.counts.get(task) ?? 0) + 1);
      last.total++;
    } else this.entries.push({ at: event.at, first: event.revision, counts: new Map([[task, 1]]), total: 1 });
    if (this.entries.length > ENTRIES_MAX) this.forgetBefore((this.entries[ENTRIES_MAX / 2] as Entry).at);
    if (task === OTHERS) return;
    const { object } = event.stored;
    if (event.type === 'ADDED') this.births.set(object.metadata.uid as string, { revision: event.revision, task });
    if (!event.key.startsWith('core/pods/')) return;
    const address = (object as PodObject).status?.podIP;
    if (address && taskOfPod(object as PodObject) === task) this.addresses.set(address, { task, at: event.at });
  }

  forgetBefore(at: Instant): void {
    this.entries = this.entries.slice(this.after(at - 1));
    const from = this.entries[0]?.first ?? 0;
    for (const [uid, { revision }] of this.births) if (revision < from) this.births.delete(uid);
  }

  /** Takes back what was written after an instant. */
  truncate(at: Instant): void {
    this.entries.length = this.after(at);
    const last = this.entries.at(-1);
    const to = last ? last.first + last.total : 0;
    for (const [uid, { revision }] of this.births) if (revision >= to) this.births.delete(uid);
  }

  /** Where the entries after an instant begin. */
  after(at: Instant): number {
    let low = 0;
    for (let high = this.entries.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((this.entries[middle] as Entry).at <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  entryAt(at: Instant): Entry | undefined {
    const entry = this.entries[this.after(at) - 1];
    return entry?.at === at ? entry : undefined;
  }

  /** The writes among which a revision was. */
  entryOf(revision: number): Entry | undefined {
    let low = 0;
    for (let high = this.entries.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((this.entries[middle] as Entry).first <= revision) low = middle + 1;
      else high = middle;
    }
    const entry = this.entries[low - 1];
    return entry && revision < entry.first + entry.total ? entry : undefined;
  }

  between(after: Instant, until: Instant): Entry[] {
    return this.entries.slice(this.after(after), this.after(until));
  }
}

export const diaryOf: Projection<Diary> = {
  name: 'diary',
  build: () => new Diary(),
  apply: (diary, event) => diary.note(event),
};
