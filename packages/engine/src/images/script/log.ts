import type { Instant } from '../../core/instant.ts';
import type { LogLine } from '../../kinds/shared/program.ts';
import { withDates } from './date.ts';
import type { Course } from './run.ts';

/** What a container runtime keeps of a log before it rotates it away, in lines. */
const LINES_KEPT = 5000;

/** The lines of a course up to an instant; those of an endless loop are worked out, the oldest let go. */
export function logOf(course: Course, startedAt: Instant, atMs: number): LogLine[] {
  const lines = course.log.filter((line) => line.atMs <= atMs);
  const { repeats } = course;
  if (repeats && atMs >= repeats.fromMs) {
    const rounds = Math.floor((atMs - repeats.fromMs) / repeats.everyMs) + 1;
    const first = Math.max(0, rounds - Math.ceil(LINES_KEPT / repeats.lines.length));
    for (let round = first; round < rounds; round++) {
      for (const [i, line] of repeats.lines.entries()) {
        const at = repeats.fromMs + round * repeats.everyMs + line.atMs;
        if (at <= atMs) lines.push({ ...line, atMs: at, text: countedOn(repeats.earlier[i], line.text, round + 1) });
      }
    }
  }
  return lines.slice(-LINES_KEPT).map((line) => ({ ...line, text: withDates(line.text, startedAt + line.atMs) }));
}

/** When the first line after an instant is printed. */
export function nextLineAfter({ log, repeats }: Course, afterMs: number): number | undefined {
  const written = log.find((line) => line.atMs > afterMs);
  if (written || !repeats) return written?.atMs;
  const { fromMs, everyMs, lines } = repeats;
  const round = Math.max(0, Math.floor((afterMs - fromMs) / everyMs));
  for (const start of [fromMs + round * everyMs, fromMs + (round + 1) * everyMs]) {
    const line = lines.find(({ atMs }) => start + atMs > afterMs);
    if (line) return start + line.atMs;
  }
  return undefined;
}

const NUMBERS = /(\d+)/;

/** Numbers that grew from one round to the next go on growing. */
function countedOn(earlier: string | undefined, latest: string, rounds: number): string {
  if (earlier === undefined || earlier === latest) return latest;
  const before = earlier.split(NUMBERS);
  const after = latest.split(NUMBERS);
  if (before.length !== after.length || before.some((part, i) => i % 2 === 0 && part !== after[i])) return latest;
  return after.map((part, i) => (i % 2 === 0 ? part : String(Number(part) + (Number(part) - Number(before[i])) * rounds))).join('');
}
