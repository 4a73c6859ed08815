import { nano } from '../shared/quantity.ts';

/** A figure that holds from a time after the container's start on. */
export interface Phase {
  fromMs: number;
  nano: number;
}

const UNIT_MS: Record<string, number> = { '': 1000, s: 1000, m: 60_000, h: 3_600_000 };

function phaseOf(text: string): Phase | undefined {
  const parts = /^(?:(\d+)([smh]?)=)?(\S+)$/.exec(text.trim());
  if (!parts) return undefined;
  const [, time, unit, quantity] = parts;
  try {
    return { fromMs: time === undefined ? 0 : Number(time) * (UNIT_MS[unit ?? ''] as number), nano: Number(nano(quantity)) };
  } catch {
    // No quantity: the text says nothing about usage, and the image's own figures hold.
    return undefined;
  }
}

/**
 * Usage as an annotation gives it: one quantity, or several with the time after the start from which each holds
 * (`50m, 60s=400m, 10m=50m`). Undefined where the text is none.
 */
export function phasesOf(text: string | undefined): Phase[] | undefined {
  if (text === undefined) return undefined;
  const phases = text.split(',').map(phaseOf);
  if (phases.some((phase) => phase === undefined)) return undefined;
  return (phases as Phase[]).sort((a, b) => a.fromMs - b.fromMs);
}

/** What holds at a time after the start, and when that changes. */
export function phaseAt(phases: readonly Phase[], atMs: number): { nano: number; changesAtMs?: number } {
  const now = phases.filter(({ fromMs }) => fromMs <= atMs).at(-1);
  const next = phases.find(({ fromMs }) => fromMs > atMs);
  return { nano: now?.nano ?? 0, ...(next ? { changesAtMs: next.fromMs } : {}) };
}
