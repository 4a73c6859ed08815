import { ApiError } from '@vivakube/engine';
import type { Clock } from './clock.ts';

/** Token buckets by key: so many a second on average, with bursts. */
export class RateLimit {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
    private readonly clock: Clock,
  ) {}

  /** Throws 429 with the seconds after which there is room again. */
  take(key: string): void {
    const now = this.clock.now();
    const bucket = this.buckets.get(key) ?? { tokens: this.burst, at: now };
    bucket.tokens = Math.min(this.burst, bucket.tokens + ((now - bucket.at) / 1000) * this.perSecond);
    bucket.at = now;
    if (this.buckets.size > 50_000) this.buckets.clear();
    this.buckets.set(key, bucket);
    if (bucket.tokens < 1) {
      const retryAfterSeconds = Math.max(1, Math.ceil((1 - bucket.tokens) / this.perSecond));
      throw new ApiError(429, 'TooManyRequests', `too many requests: at most ${this.perSecond} a second; please try again later`, {
        retryAfterSeconds,
      });
    }
    bucket.tokens -= 1;
  }
}
