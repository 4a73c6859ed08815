import { phasesOf } from '../../metrics/schedule.ts';

const PREFIX = 'sim.vivakube.dev/';

const isFigures = (text: string): boolean => phasesOf(text) !== undefined;
const isSeconds = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text)) && Number(text) >= 0;
const isExitCode = (text: string): boolean => /^\d+$/.test(text) && Number(text) <= 255;
const oneOf =
  (...words: string[]) =>
  (text: string): boolean =>
    words.includes(text);

const FIGURES = 'a quantity, or several with the time from which each holds, as `50Mi, 60s=200Mi`';

/** What a pod may say of how its containers behave: the name before the first dot, what fits and what that is called. */
const KNOWN = new Map<string, [fits: (text: string) => boolean, what: string]>([
  ['cpu', [isFigures, FIGURES]],
  ['memory', [isFigures, FIGURES]],
  ['ephemeral-storage', [isFigures, FIGURES]],
  ['emptydir', [isFigures, FIGURES]],
  ['run-seconds', [isSeconds, 'a number of seconds']],
  ['ready-after', [isSeconds, 'a number of seconds']],
  ['exit-code', [isExitCode, 'a number from 0 to 255']],
  ['fail', [oneOf('start', 'crash', 'true', 'oom'), 'one of start, crash, oom']],
  ['server', [() => true, '']],
  ['metric', [() => true, '']],
]);

/** Whether what an annotation says counts: who is warned that it does not is right. */
export const isUnderstood = (name: string, value: string): boolean => KNOWN.get(name)?.[0](value) ?? false;

/** An annotation that nobody understands changes nothing, and is not passed over in silence either. */
export function simulationWarnings(annotations: Readonly<Record<string, string>> | undefined, path: string): string[] {
  return Object.keys(annotations ?? {})
    .filter((key) => key.startsWith(PREFIX))
    .sort()
    .flatMap((key) => {
      const known = KNOWN.get(key.slice(PREFIX.length).split('.')[0] as string);
      if (!known) return [`${path}[${key}]: unknown annotation is ignored; known are ${[...KNOWN.keys()].join(', ')}`];
      const [fits, what] = known;
      const value = (annotations as Record<string, string>)[key] as string;
      return fits(value) ? [] : [`${path}[${key}]: ${JSON.stringify(value)} is ignored; it must be ${what}`];
    });
}
