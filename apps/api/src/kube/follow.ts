import { Unavailable } from '@vivakube/db';
import { ApiError, type ApiRequest, type ApiText } from '@vivakube/engine';
import type { Clock } from '../clock.ts';
import { ClusterGone, type Session, StillBehind } from '../clusters/session.ts';

/** Where a text that goes on is written to. */
export interface TextSink {
  write(text: string): void;
  backlogBytes(): number;
  close(): void;
}

const BACKLOG_BYTES_MAX = 8 * 1024 * 1024;
/** A program that prints all the time is read a few times a second. */
const PAUSE_MS_MIN = 100;
/** What cannot be read for now is asked for again this much later. */
const RETRY_MS = 1000;
const DELAY_MS_MAX = 0x7fffffff;

/** Open texts: logs that are followed. Between two parts they sleep until the next line is due or their subject changes. */
export class Follows {
  private readonly open = new Set<() => void>();

  constructor(
    private readonly clock: Clock,
    private readonly onError: (error: unknown) => void,
  ) {}

  get count(): number {
    return this.open.size;
  }

  /** Writes a text and whatever comes of it. Returns how to end it from outside. */
  follow(session: Session, request: ApiRequest, first: ApiText, sink: TextSink): () => void {
    const doze = new Doze(this.clock);
    const about = first.more?.about;
    const unlisten = session.listen({
      events: (events) => {
        if (events.some((event) => event.key === about)) doze.wake();
      },
      lost: () => doze.wake(),
    });
    const finish = (): void => {
      if (!this.open.delete(finish)) return;
      unlisten();
      doze.end();
      sink.close();
    };
    this.open.add(finish);
    this.pump(session, request, first, sink, doze).catch(this.onError).finally(finish);
    return finish;
  }

  private async pump(session: Session, request: ApiRequest, first: ApiText, sink: TextSink, doze: Doze): Promise<void> {
    for (let part: ApiText | undefined = first; part && !doze.ended; ) {
      if (part.text !== '') sink.write(part.text);
      if (!part.more || sink.backlogBytes() > BACKLOG_BYTES_MAX) return;
      await doze.until(part.more.wakeAt);
      if (doze.ended) return;
      part = await this.next(session, { ...request, resume: part.more.resume }, sink, doze);
    }
  }

  /** The next part, if there is one; the last piece of a text comes as a plain answer. */
  private async next(session: Session, request: ApiRequest, sink: TextSink, doze: Doze): Promise<ApiText | undefined> {
    while (!doze.ended) {
      try {
        const response = await session.submit(request);
        if (response.type === 'text') return response;
        if (response.type === 'answer' && response.status === 200) sink.write(String(response.body));
        return undefined;
      } catch (error) {
        if (error instanceof ApiError || error instanceof ClusterGone) return undefined;
        if (!(error instanceof StillBehind || error instanceof Unavailable)) throw error;
        await doze.until(this.clock.now() + RETRY_MS);
      }
    }
    return undefined;
  }

  endAll(): void {
    for (const finish of [...this.open]) finish();
  }
}

/** A sleep that an instant, a call or the end cuts short. A call while awake counts for the next sleep. */
class Doze {
  private called = false;
  private rise: (() => void) | undefined;
  ended = false;

  constructor(private readonly clock: Clock) {}

  async until(at: number | undefined): Promise<void> {
    if (this.ended) return;
    await new Promise<void>((resolve) => {
      const delayMs = this.called ? PAUSE_MS_MIN : at === undefined ? undefined : Math.max(PAUSE_MS_MIN, at - this.clock.now());
      const timer = delayMs === undefined ? undefined : setTimeout(() => this.rise?.(), Math.min(delayMs, DELAY_MS_MAX));
      this.rise = () => {
        clearTimeout(timer);
        this.rise = undefined;
        resolve();
      };
    });
    this.called = false;
  }

  wake(): void {
    this.called = true;
    this.rise?.();
  }

  end(): void {
    this.ended = true;
    this.rise?.();
  }
}
