import { hash32 } from '../../core/chance.ts';
import type { ObjectKey } from '../../core/key.ts';
import { EVENT_TTL_CONTROLLER } from '../../core/limits.ts';
import { RUN_NAME } from '../../core/run-name.ts';
import type { Stored } from '../../core/stored.ts';
import type { Timer } from '../../core/timers.ts';
import type { Txn } from '../../core/txn.ts';
import { eventsUnderLease } from '../../machinery/leases.ts';
import type { Running } from '../loops.ts';
import { type Diary, OTHERS, taskOfTold } from './diary.ts';
import { type Horizon, Names } from './names.ts';
import type { Voice } from './voice.ts';

export interface Part {
  key: ObjectKey;
  stored: Stored;
}

/** All there is of one task. */
export interface TaskPortrait {
  task: string;
  parts: Part[];
  /** Events that say the same thing once more each round. */
  counted: Part[];
  timers: Timer[];
  runtime: [key: string, text: string][];
  /** Something of it is somebody else's too. */
  isShared: boolean;
}

const EVENTS = 'core/events/';
const COUNT = /"count":\d+/;
const SEPARATOR = /[/|]/;

const nameOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1);

/** `batch/cronjobs/namespace/name` -> `namespace/name` */
export const taskOfLoop = ({ key }: Running): string => key.slice('batch/cronjobs/'.length);

/** The tasks of a cluster, each with its own: objects, timers and what is below the API. */
export class Portraits {
  readonly tasks = new Map<string, TaskPortrait>();
  readonly names: Names;

  constructor(
    private readonly txn: Txn,
    private readonly diary: Diary,
    loops: readonly Running[],
    private readonly horizon: Horizon,
  ) {
    for (const loop of loops) {
      const task = taskOfLoop(loop);
      this.tasks.set(task, { task, parts: [], counted: [], timers: [], runtime: [], isShared: false });
    }
    this.names = new Names(txn.seed, horizon, new Set([...this.tasks.keys()].map(nameOf)));
    for (const [uid, { revision, task }] of diary.births) if (this.tasks.has(task)) this.names.learnUid(uid, revision);
    this.collectObjects(loops);
    this.collectTimers();
    this.collectRuntime();
  }

  private collectObjects(loops: readonly Running[]): void {
    for (const running of loops) {
      const portrait = this.tasks.get(taskOfLoop(running)) as TaskPortrait;
      for (const key of [running.key, ...running.loop.members()]) {
        const stored = this.txn.stored(key) as Stored;
        portrait.parts.push({ key, stored });
        if (!key.startsWith('core/pods/')) continue;
        this.names.learnPod(stored.object.metadata.name as string, stored.object.metadata.uid as string);
        this.names.learnContents(stored.object);
      }
    }
    for (const [key, stored] of this.txn.entries(EVENTS)) this.collectEvent(key, stored);
  }

  private collectEvent(key: ObjectKey, stored: Stored): void {
    const { object } = stored;
    const portrait = this.tasks.get(taskOfTold(object));
    if (!portrait) return;
    const isCounted = object.involvedObject.kind === 'CronJob' && (object.count ?? 1) > 1;
    (isCounted ? portrait.counted : portrait.parts).push({ key, stored });
    if (object.involvedObject.kind === 'Pod') this.names.learnPod(object.involvedObject.name, object.involvedObject.uid);
    this.names.learnEvent(object);
  }

  private collectTimers(): void {
    for (const timer of this.txn.pending()) {
      if (timer.controller === EVENT_TTL_CONTROLLER) this.collectLease(timer);
      else this.ownerOf(timer.key)?.timers.push(timer);
    }
  }

  private collectLease(timer: Timer): void {
    const owners = new Set(eventsUnderLease(this.txn, Number(timer.key)).map((key) => taskOfTold((this.txn.stored(key) as Stored).object)));
    for (const owner of owners) {
      const portrait = owner === OTHERS ? undefined : this.tasks.get(owner);
      if (!portrait) continue;
      if (owners.size === 1) portrait.timers.push(timer);
      else portrait.isShared = true;
    }
  }

  private collectRuntime(): void {
    for (const [key, value] of this.txn.runtimeEntries()) {
      const owner = this.ownerOf(key) ?? (typeof value === 'string' ? this.ownerOfUid(value) : undefined);
      owner?.runtime.push([key, JSON.stringify(value)]);
    }
  }

  private ownerOfUid(uid: string): TaskPortrait | undefined {
    const birth = this.diary.births.get(uid);
    return birth && birth.revision > this.horizon.revision ? this.tasks.get(birth.task) : undefined;
  }

  /** Whose a key is that speaks of a CronJob, of a run, or of an id. */
  private ownerOf(key: string): TaskPortrait | undefined {
    const segments = key.split(SEPARATOR);
    for (let i = 0; i < segments.length; i++) {
      const segment = segments[i] as string;
      const byUid = segment.length === 36 ? this.ownerOfUid(segment) : undefined;
      if (byUid) return byUid;
      if (i === 0) continue;
      const [, name, minute] = RUN_NAME.exec(segment) ?? [];
      const isRun = name !== undefined && Number(minute) * 60_000 > this.horizon.at;
      const isTask = segments[i - 2] === 'cronjobs';
      const task = isRun ? name : isTask ? segment : undefined;
      const portrait = task === undefined ? undefined : this.tasks.get(`${segments[i - 1]}/${task}`);
      if (portrait) return portrait;
    }
    return undefined;
  }

  /** The same for rounds that are alike. */
  likenessOf(portrait: TaskPortrait, voice: Voice): string {
    // Names begin with chance: in which order they come says nothing.
    const text = [...this.lines(portrait, voice)].sort().join('\n');
    return [1, 2, 3, 4].map((salt) => hash32(text, salt).toString(16).padStart(8, '0')).join('');
  }

  private *lines({ parts, counted, timers, runtime }: TaskPortrait, voice: Voice): Generator<string> {
    const { names } = this;
    for (const { key, stored } of parts) yield `${names.say(key, voice)} ${names.say(stored.json, voice)}`;
    for (const { key, stored } of counted) yield `${names.say(key, voice)} ${names.say(stored.json.replace(COUNT, ''), voice)}`;
    for (const [key, text] of runtime) yield `${names.say(key, voice)} ${names.say(text, voice)}`;
    for (const { controller, key, due } of timers) yield `${voice.instant(due)} ${controller} ${names.say(key, voice)}`;
  }
}
