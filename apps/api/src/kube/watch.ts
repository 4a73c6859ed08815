import { ApiError, type ApiStream, type ClusterEvent } from '@vivakube/engine';
import type { Clock } from '../clock.ts';
import type { Session } from '../clusters/session.ts';

/** Where the lines of a watch go. */
export interface Sink {
  write(line: string): void;
  /** Bytes written but not yet taken by the client. */
  backlogBytes(): number;
  close(): void;
  /** Blank lines keep idle clients from giving up; sinks that have messages instead of lines need none. */
  keepAlive?: () => void;
}

const BACKLOG_BYTES_MAX = 8 * 1024 * 1024;
const PULSE_MS = 15_000;
const TIMEOUT_SECONDS_MIN = 1800;

const GONE = {
  type: 'ERROR',
  object: {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: 'the watch fell too far behind',
    reason: 'Expired',
    code: 410,
  },
};

/** Open watches, so that a process that stops can end them properly. */
export class Watches {
  private readonly open = new Set<(reason: 'shutdown') => void>();

  constructor(
    private readonly clock: Clock,
    private readonly background: boolean,
  ) {}

  get count(): number {
    return this.open.size;
  }

  /** Events between the watch's own start and now. Throws 410 where history does not reach back that far. */
  async past(session: Session, stream: ApiStream): Promise<readonly ClusterEvent[]> {
    if (stream.since >= session.revision) return [];
    const events = await session.past.after(stream.since);
    if (events !== 'compacted') return events;
    throw new ApiError(410, 'Expired', `too old resource version: ${stream.since} (${session.revision})`);
  }

  /** Sends what is there and then what comes, until either side ends it. Returns how to end it from outside. */
  follow(session: Session, stream: ApiStream, past: readonly ClusterEvent[], sink: Sink): () => void {
    let sent = stream.since;
    const send = (events: readonly ClusterEvent[]): void => {
      const now = this.clock.now();
      for (const event of events) {
        if (event.revision <= sent) continue;
        sent = event.revision;
        const line = stream.encode(event, now);
        if (line !== undefined) sink.write(line);
      }
      if (sink.backlogBytes() > BACKLOG_BYTES_MAX) lost();
    };
    const lost = (): void => {
      sink.write(`${JSON.stringify(GONE)}\n`);
      finish();
    };
    const mark = (): boolean => {
      const line = stream.bookmark(Math.max(sent, session.revision));
      if (line !== undefined) sink.write(line);
      return line !== undefined;
    };
    const bookmark = (): void => {
      if (!mark()) sink.keepAlive?.();
    };
    const pulse = this.background ? setInterval(bookmark, PULSE_MS) : undefined;
    const seconds = stream.timeoutSeconds ?? TIMEOUT_SECONDS_MIN * (1 + Math.random());
    const end = setTimeout(() => stop(), Math.min(seconds * 1000, 0x7fffffff));
    let finished = false;
    const finish = (): void => {
      if (finished) return;
      finished = true;
      if (pulse) clearInterval(pulse);
      clearTimeout(end);
      unlisten();
      this.open.delete(stop);
      sink.close();
    };
    const stop = (): void => {
      bookmark();
      finish();
    };
    const unlisten = session.listen({ events: send, lost });
    this.open.add(stop);
    for (const line of stream.initial) sink.write(line);
    send(past);
    // Whatever was committed while the past was being read.
    const since = session.recent.after(sent);
    if (since) send(since);
    else if (!finished) lost();
    // So that whoever has missed a lot need not be told of it again should the connection be cut soon.
    if (past.length > 0 && !finished) mark();
    return finish;
  }

  endAll(): void {
    for (const stop of [...this.open]) stop('shutdown');
  }
}
