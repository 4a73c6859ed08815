import { parseRfc1123 } from '../controllers/cronjob/template.ts';
import { type Instant, parseRfc3339 } from '../core/instant.ts';
import type { KubeObject } from '../core/object.ts';
import { containerOf, suffixOf, uidOf, uidStartOf, type Voice, volumeOf } from './voice.ts';

/** The furthest that is looked back for the revision that an object was made under. */
const REVISIONS_BACK_MAX = 400_000;

/** Says a text in someone's voice. */
type Saying = (voice: Voice) => string;

/** After whom and when a run is named, and what follows. */
const RUN_NAME = /^(.+)-(\d{8})(?:-([a-z0-9]{5}))?$/;
const PART = new RegExp(
  [
    '"resourceVersion":"(\\d+)"',
    '(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{6})?Z|[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} [\\d:]{8} \\+0000)',
    '(?<![\\w.-])(\\d{13})(?![\\w.-])',
    '(?<![\\w.-])([a-z0-9][a-z0-9.-]{9,})',
  ].join('|'),
  'g',
);

/** Which of a text's instants and revisions come anew every round; others are fixed. */
export interface Fresh {
  after: Instant;
  until: Instant;
  afterRevision: number;
}

/** Where nothing is older than the round. */
export const ALL_FRESH: Fresh = { after: 0, until: Number.POSITIVE_INFINITY, afterRevision: 0 };

/** Knows the names, ids and instants that come anew every round, and how each would be called in another one. */
export class Names {
  /** A name was met that ought to be known and is not. */
  isLost = false;
  /** The first fixed instant that is still to come. */
  nextFixed: Instant = Number.POSITIVE_INFINITY;
  private readonly sayings = new Map<string, Saying | undefined>();
  private readonly revisions = new Map<string, number>();

  constructor(
    private readonly seed: string,
    private readonly at: Instant,
    private readonly roots: ReadonlySet<string>,
  ) {}

  /** Whether a name is that of a run, or of something that a run made. */
  isOfRun(name: string): boolean {
    return this.roots.has(RUN_NAME.exec(name)?.[1] ?? '');
  }

  /** Finds the revisions that these ids come from. */
  learnUids(uids: ReadonlySet<string>, latest: number): void {
    const missing = new Map([...uids].map((uid) => [uid.slice(0, 8), uid]));
    for (let revision = latest; missing.size > 0 && revision > 0 && latest - revision < REVISIONS_BACK_MAX; revision--) {
      const start = uidStartOf(this.seed, revision);
      const uid = missing.get(start);
      if (uid === undefined || uid !== uidOf(this.seed, revision)) continue;
      missing.delete(start);
      this.revisions.set(uid, revision);
      this.sayings.set(uid, (voice) => voice.uid(revision));
    }
    if (missing.size > 0) this.isLost = true;
  }

  knowsUid(uid: string): boolean {
    return this.revisions.has(uid);
  }

  learnPod(name: string, uid: string): void {
    const [, root, minute, suffix] = RUN_NAME.exec(name) ?? [];
    const revision = this.revisions.get(uid);
    if (revision === undefined || suffix !== suffixOf(this.seed, revision)) {
      this.isLost = true;
      return;
    }
    this.sayings.set(name, (voice) => `${root}-${voice.minute(Number(minute))}-${voice.suffix(revision)}`);
  }

  learnContents({ metadata, spec, status }: KubeObject): void {
    const uid = metadata.uid as string;
    const revision = this.revisions.get(uid) as number;
    const owner = this.revisions.get(metadata.ownerReferences?.find(({ controller }) => controller)?.uid ?? '');
    if (owner !== undefined) this.sayings.set(volumeOf(this.seed, owner), (voice) => voice.volume(owner));
    for (const list of ['initContainerStatuses', 'containerStatuses', 'ephemeralContainerStatuses']) {
      for (const { name, restartCount = 0 } of status?.[list] ?? []) {
        for (let attempt = 0; attempt <= restartCount + 1; attempt++) {
          const id = containerOf(uid, name, attempt);
          this.sayings.set(id, (voice) => voice.container(revision, name, attempt));
        }
      }
    }
    if (spec?.hostname !== undefined && this.isOfRun(spec.hostname)) this.isLost = true;
  }

  learnEvent({ metadata }: KubeObject): void {
    const name = metadata.name as string;
    const revision = this.revisions.get(metadata.uid as string);
    const cut = name.lastIndexOf('.');
    if (revision === undefined || cut < 0) {
      this.isLost = true;
      return;
    }
    const about = name.slice(0, cut);
    const serial = BigInt(`0x${name.slice(cut + 1)}`);
    const made = Number(serial / 1_000_000n);
    if (Number(serial % 1_000_000n) !== revision % 1_000_000) this.isLost = true;
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
    const [, root, minute, suffix] = RUN_NAME.exec(word) ?? [];
    if (root === undefined || !this.roots.has(root)) return undefined;
    if (suffix !== undefined) this.isLost = true;
    return (voice) => `${root}-${voice.minute(Number(minute))}`;
  }

  /** A text as it is in another round. */
  say(text: string, voice: Voice, fresh: Fresh): string {
    return text.replace(PART, (part, revision?: string, timestamp?: string, number?: string, word?: string) => {
      if (revision !== undefined) return Number(revision) > fresh.afterRevision ? `"resourceVersion":"${voice.revision(Number(revision))}"` : part;
      if (timestamp !== undefined) return this.timestamp(timestamp, voice, fresh);
      if (number !== undefined) return this.isFresh(Number(number), fresh) ? voice.instant(Number(number)) : number;
      return this.named(word as string, voice);
    });
  }

  /** Sentences end in a full stop, and beginnings of names in a dash. */
  private named(word: string, voice: Voice): string {
    if (!/[.-]$/.test(word)) return this.word(word, voice);
    const bare = word.replace(/[.-]+$/, '');
    return this.word(bare, voice) + word.slice(bare.length);
  }

  private timestamp(text: string, voice: Voice, fresh: Fresh): string {
    const at = parseRfc3339(text) ?? parseRfc1123(text);
    return this.isFresh(at, fresh) ? voice.timestamp(at as Instant, text) : text;
  }

  private isFresh(at: Instant | undefined, { after, until }: Fresh): boolean {
    if (at === undefined) return false;
    if (at > after && at <= until) return true;
    if (at > this.at) this.nextFixed = Math.min(this.nextFixed, at);
    return false;
  }
}
