import type { Instant } from '../../core/instant.ts';
import type { LogLine } from '../../kinds/shared/program.ts';
import { withDates } from './date.ts';
import type { Course, Repeat } from './run.ts';

/** What a container runtime keeps of a log before it rotates it away, in lines. */
const LINES_KEPT = 5000;

/** The lines of a course up to an instant; those of rounds that were left out are worked out, the oldest let go. */
export function logOf(course: Course, startedAt: Instant, atMs: number): LogLine[] {
  const played = course.log.filter((line) => line.atMs <= atMs);
  const worked = course.repeats.flatMap((repeat) => linesOf(repeat, atMs));
  const lines = worked.length > 0 ? [...played, ...worked].sort((a, b) => a.atMs - b.atMs) : played;
  return lines.slice(-LINES_KEPT).map((line) => ({ ...line, text: withDates(line.text, startedAt + line.atMs) }));
}

function linesOf({ fromMs, everyMs, rounds: most, lines, earlier }: Repeat, atMs: number): LogLine[] {
  if (atMs < fromMs) return [];
  const rounds = Math.min(most ?? Number.POSITIVE_INFINITY, Math.floor((atMs - fromMs) / everyMs) + 1);
  const made: LogLine[] = [];
  for (let round = Math.max(0, rounds - Math.ceil(LINES_KEPT / lines.length)); round < rounds; round++) {
    for (const [i, line] of lines.entries()) {
      const at = fromMs + round * everyMs + line.atMs;
      if (at <= atMs) made.push({ ...line, atMs: at, text: countedOn(earlier[i], line.text, round + 1) });
    }
  }
  return made;
}

/** When the first line after an instant is printed. */
export function nextLineAfter({ log, repeats }: Course, afterMs: number): number | undefined {
  const instants = [log.find((line) => line.atMs > afterMs)?.atMs, ...repeats.map((repeat) => nextOf(repeat, afterMs))];
  return instants.reduce((first, at) => (at !== undefined && (first === undefined || at < first) ? at : first), undefined);
}

function nextOf({ fromMs, everyMs, rounds, lines }: Repeat, afterMs: number): number | undefined {
  const first = Math.max(0, Math.floor((afterMs - fromMs) / everyMs));
  for (const round of [first, first + 1]) {
    const start = fromMs + round * everyMs;
    const line = rounds !== undefined && round >= rounds ? undefined : lines.find(({ atMs }) => start + atMs > afterMs);
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
