import { chance } from '../core/chance.ts';
import type { Instant } from '../core/instant.ts';
import type { ClusterSettings } from '../core/state.ts';

/** What happens below the API happens on this grid, so that a batch of pods shares its instants. */
export const GRID_MS = 100;

const PULL_BYTES_PER_MS = 45_000;
const PULL_BASE_MS = 400;
const PULL_MAX_MS = 8000;

/** The delays of a real node, with a spread decided by what they are for; none at all in a cluster with instant timing. */
export class Timing {
  constructor(
    private readonly settings: ClusterSettings,
    private readonly seed: string,
  ) {}

  get instant(): boolean {
    return this.settings.timing === 'instant';
  }

  private between(lowMs: number, highMs: number, ...purpose: (string | number)[]): number {
    if (this.instant) return 0;
    const exact = lowMs + chance(this.seed, 'timing', ...purpose) * (highMs - lowMs);
    return Math.max(GRID_MS, Math.round(exact / GRID_MS) * GRID_MS);
  }

  /** Network and cgroups of a pod. Drawn per node: pods that arrive together go on together. */
  sandboxMs(node: string): number {
    return this.between(200, 500, 'sandbox', node);
  }

  pullMs(node: string, image: string, bytes: number): number {
    const middle = Math.min(PULL_MAX_MS, PULL_BASE_MS + bytes / PULL_BYTES_PER_MS);
    return this.between(middle * 0.8, middle * 1.2, 'pull', node, image);
  }

  /** Asking the registry for an image that is there already, or is not there at all. */
  resolveMs(node: string, image: string): number {
    return this.between(400, 1500, 'resolve', node, image);
  }

  startMs(node: string, image: string): number {
    return this.between(300, 1000, 'start', node, image);
  }

  /** Until a kubelet notices that a container ended. Models genericPlegRelistPeriod. */
  noticeMs(): number {
    return this.instant ? 0 : 1000;
  }

  /** Until a pod that failed is looked at again. */
  resyncMs(): number {
    return this.instant ? 0 : 3000;
  }
}

/** Go's rendering of a whole number of seconds: `10s`, `1m20s`, `5m0s`. */
export function goDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours > 0) return `${hours}h${minutes % 60}m${seconds % 60}s`;
  return minutes > 0 ? `${minutes}m${seconds % 60}s` : `${seconds}s`;
}

/** `1.234s` or `450ms`, as a pull's duration is printed. */
export function goMillis(ms: number): string {
  return ms < 1000 ? `${ms}ms` : `${Number((ms / 1000).toFixed(3))}s`;
}

export const earliest = (...instants: (Instant | undefined)[]): Instant | undefined => {
  let first: Instant | undefined;
  for (const at of instants) if (at !== undefined && (first === undefined || at < first)) first = at;
  return first;
};
