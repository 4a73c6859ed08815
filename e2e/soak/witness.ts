import { type Client, type KubeObject, pause } from './client.ts';

interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: KubeObject & { code?: number };
}

/** Watches every kind of a cluster across deaths of its servers: each revision has to be told, once, and to nobody twice. */
export class Witness {
  private readonly revisions = new Map<number, string>();
  private readonly dead = new Set<string>();
  readonly objects = new Map<string, Map<string, KubeObject>>();
  private readonly told = new Map<string, number>();
  private from = Number.POSITIVE_INFINITY;
  /** From which revision each watch was begun anew, and how far it was told. */
  private readonly turns = new Map<string, string[]>();
  readonly wrong: string[] = [];

  constructor(private readonly client: Client) {}

  async begin(stop: AbortSignal): Promise<Promise<void>[]> {
    const paths = await this.collections();
    for (const path of paths) {
      const { body } = await this.client.read(path);
      this.told.set(path, Number(body.metadata.resourceVersion));
      this.objects.set(path, new Map((body.items ?? []).map((object) => [object.metadata.uid, object])));
    }
    this.from = Math.max(...this.told.values());
    return paths.map((path) => this.follow(path, stop));
  }

  /** Every kind that can be watched, in the version that discovery prefers. Events have two doors to one room. */
  private async collections(): Promise<string[]> {
    const { body } = await this.client.read('/apis');
    const groups = ['/api/v1', ...(body.groups ?? []).map(({ preferredVersion }) => `/apis/${preferredVersion.groupVersion}`)];
    const found: string[] = [];
    for (const group of groups) {
      if (group.includes('events.k8s.io')) continue;
      const { body: list } = await this.client.read(group);
      for (const { name, verbs } of list.resources ?? []) if (verbs.includes('watch')) found.push(`${group}/${name}`);
    }
    return found;
  }

  private async follow(path: string, stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      try {
        await this.turn(path, stop);
      } catch {
        // The server died, or the watching is over.
      }
      await pause(50);
    }
  }

  private async turn(path: string, stop: AbortSignal): Promise<void> {
    const from = this.told.get(path) as number;
    const response = await this.client.watch(`${path}?watch=true&allowWatchBookmarks=true&resourceVersion=${from}`, stop);
    if (response.status !== 200) return;
    try {
      await this.lines(path, response);
    } finally {
      const turns = this.turns.get(path) ?? [];
      this.turns.set(path, turns);
      turns.push(`${from} to ${this.told.get(path)}`);
    }
  }

  private async lines(path: string, response: Response): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
      rest = lines.pop() as string;
      for (const line of lines) if (line.trim() !== '') this.note(path, JSON.parse(line) as WatchEvent);
    }
  }

  private note(path: string, { type, object }: WatchEvent): void {
    if (type === 'ERROR') {
      this.wrong.push(`${path}: ${object.message}`);
      return;
    }
    const revision = Number(object.metadata.resourceVersion);
    const { uid, name } = object.metadata;
    const before = this.told.get(path) as number;
    this.told.set(path, Math.max(before, revision));
    if (type === 'BOOKMARK') return;
    if (revision <= before) this.wrong.push(`${path}: ${name} at ${revision} after ${before}`);
    if (this.revisions.has(revision)) this.wrong.push(`revision ${revision} is ${this.revisions.get(revision)} and ${path}/${name}`);
    if (this.dead.has(uid)) this.wrong.push(`${path}: ${name} (${uid}) came back as ${type}`);
    this.revisions.set(revision, `${path}/${name}`);
    const objects = this.objects.get(path) as Map<string, KubeObject>;
    if (type === 'DELETED') {
      this.dead.add(uid);
      objects.delete(uid);
    } else {
      objects.set(uid, object);
    }
  }

  get seen(): number {
    return this.revisions.size;
  }

  /** Revisions up to one that nobody was told of. */
  gaps(upTo: number): number[] {
    const missing: number[] = [];
    for (let revision = this.from + 1; revision <= upTo; revision++) if (!this.revisions.has(revision)) missing.push(revision);
    return missing;
  }

  /** What the log holds at a revision that nobody was told of, and which watch should have told it. */
  async explain(revision: number): Promise<string> {
    for (const path of this.objects.keys()) {
      const asked = `${path}?watch=true&resourceVersion=${revision - 1}&timeoutSeconds=1`;
      const told = await this.client.text(asked);
      const found = told.split('\n').find((line) => line.includes(`"resourceVersion":"${revision}"`) && !line.includes('"BOOKMARK"'));
      if (found) return `revision ${revision} was never told: ${found.slice(0, 160)}... of ${path}, watched from ${this.turns.get(path)?.join(', ')}`;
    }
    return `revision ${revision} was never told, and no watch knows it`;
  }

  /** Where a list and what the watches add up to differ. */
  async differences(): Promise<string[]> {
    const found: string[] = [];
    for (const [path, objects] of this.objects) {
      const { body } = await this.client.read(path);
      const listed = new Map((body.items ?? []).map(({ metadata }) => [metadata.uid, metadata]));
      for (const [uid, { metadata }] of objects) {
        const other = listed.get(uid);
        if (!other) found.push(`${path}: ${metadata.name} is watched and not listed`);
        else if (other.resourceVersion !== metadata.resourceVersion)
          found.push(`${path}: ${metadata.name} is at ${other.resourceVersion}, not ${metadata.resourceVersion}`);
      }
      for (const [uid, { name }] of listed) if (!objects.has(uid)) found.push(`${path}: ${name} is listed and not watched`);
    }
    return found;
  }
}
