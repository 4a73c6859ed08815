import { parseRfc1123 } from '../../controllers/cronjob/template.ts';
import { type Instant, parseRfc3339 } from '../../core/instant.ts';
import type { KubeObject } from '../../core/object.ts';
import { RUN_NAME } from '../../core/run-name.ts';
import { containerOf, suffixOf, type Voice, volumeOf } from './voice.ts';

/** Says a text in someone's voice. */
type Saying = (voice: Voice) => string;

const PART = new RegExp(
  [
    '"resourceVersion":"(\\d+)"',
    '(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{6})?Z|[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} [\\d:]{8} \\+0000)',
    '(?<![\\w.-])(\\d{13})(?![\\w.-])',
    '(?<![\\w.-])([a-z0-9][a-z0-9.-]{9,})',
  ].join('|'),
  'g',
);

/** What came after this comes anew every round; what was before stays as it is. */
export interface Horizon {
  at: Instant;
  revision: number;
}

/** Knows the names, ids and instants that come anew every round, and how each would be called in another one. */
export class Names {
  private readonly sayings = new Map<string, Saying | undefined>();
  private readonly revisions = new Map<string, number>();

  constructor(
    private readonly seed: string,
    private readonly horizon: Horizon,
    /** Names of tasks. */
    private readonly tasks: ReadonlySet<string>,
  ) {}

  /** Something was made under a revision. */
  learnUid(uid: string, revision: number): void {
    if (revision <= this.horizon.revision) return;
    this.revisions.set(uid, revision);
    this.sayings.set(uid, (voice) => voice.uid(revision));
  }

  learnPod(name: string, uid: string): void {
    const [, task, minute, suffix] = RUN_NAME.exec(name) ?? [];
    const revision = this.revisions.get(uid);
    if (revision === undefined || suffix !== suffixOf(this.seed, revision)) return;
    this.sayings.set(name, (voice) => `${task}-${voice.minute(Number(minute))}-${voice.suffix(revision)}`);
  }

  learnContents({ metadata, status }: KubeObject): void {
    const uid = metadata.uid as string;
    const owner = this.revisions.get(metadata.ownerReferences?.find(({ controller }) => controller)?.uid ?? '');
    if (owner !== undefined) this.sayings.set(volumeOf(this.seed, owner), (voice) => voice.volume(owner));
    const revision = this.revisions.get(uid);
    if (revision === undefined) return;
    for (const list of ['initContainerStatuses', 'containerStatuses', 'ephemeralContainerStatuses']) {
      for (const { name, restartCount = 0 } of status?.[list] ?? []) {
        for (let attempt = 0; attempt <= restartCount + 1; attempt++) {
          this.sayings.set(containerOf(uid, name, attempt), (voice) => voice.container(revision, name, attempt));
        }
      }
    }
  }

  learnEvent({ metadata }: KubeObject): void {
    const name = metadata.name as string;
    const revision = this.revisions.get(metadata.uid as string);
    const cut = name.lastIndexOf('.');
    if (revision === undefined || cut < 0) return;
    const about = name.slice(0, cut);
    const serial = BigInt(`0x${name.slice(cut + 1)}`);
    if (Number(serial % 1_000_000n) !== revision % 1_000_000) return;
    const made = Number(serial / 1_000_000n);
    this.sayings.set(name, (voice) => `${this.word(about, voice)}.${voice.serial(made, revision)}`);
  }

  private word(word: string, voice: Voice): string {
    let saying = this.sayings.get(word);
    if (saying === undefined && !this.sayings.has(word)) {
      saying = this.understand(word);
      this.sayings.set(word, saying);
    }
    return saying ? saying(voice) : word;
  }

  private understand(word: string): Saying | undefined {
    const [, task, minute, suffix] = RUN_NAME.exec(word) ?? [];
    if (task === undefined || suffix !== undefined || !this.tasks.has(task) || Number(minute) * 60_000 <= this.horizon.at) return undefined;
    return (voice) => `${task}-${voice.minute(Number(minute))}`;
  }

  /** A text as it is in another round. */
  say(text: string, voice: Voice): string {
    return text.replace(PART, (part, revision?: string, timestamp?: string, number?: string, word?: string) => {
      if (revision !== undefined) return Number(revision) > this.horizon.revision ? `"resourceVersion":"${voice.revision(Number(revision))}"` : part;
      if (timestamp !== undefined) return this.timestamp(timestamp, voice);
      if (number !== undefined) return Number(number) > this.horizon.at ? voice.instant(Number(number)) : number;
      return this.named(word as string, voice);
    });
  }

  /** Sentences end in a full stop, and beginnings of names in a dash. */
  private named(word: string, voice: Voice): string {
    const bare = word.replace(/[.-]+$/, '');
    return this.word(bare, voice) + word.slice(bare.length);
  }

  private timestamp(text: string, voice: Voice): string {
    const at = parseRfc3339(text) ?? parseRfc1123(text);
    return at !== undefined && at > this.horizon.at ? voice.timestamp(at, text) : text;
  }
}
