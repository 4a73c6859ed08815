import type { Unavailable } from '@vivakube/db';
import type { Logger } from 'pino';

const EVERY_MS = 10_000;

/** Says that the database is away: once in a while, however many notice it. */
export class Outages {
  private saidAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly log: Logger) {}

  note(error: Unavailable): void {
    const now = performance.now();
    if (now - this.saidAt < EVERY_MS) return;
    this.saidAt = now;
    this.log.error(error.message);
  }
}
