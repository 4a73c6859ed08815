import type { Tone } from '#ui/status.tsx';

const tones: Record<Exclude<Tone, 'info'>, readonly string[]> = {
  ok: ['Running', 'Ready', 'Active', 'Bound', 'Available', 'True', 'Approved', 'Normal'],
  progress: ['Pending', 'ContainerCreating', 'PodInitializing', 'Terminating', 'Progressing', 'SchedulingGated', 'Released'],
  warn: ['Unknown', 'Warning', 'NotReady', 'SchedulingDisabled', 'Completing', 'Suspended'],
  bad: [
    'Failed',
    'Error',
    'CrashLoopBackOff',
    'ImagePullBackOff',
    'ErrImagePull',
    'InvalidImageName',
    'OOMKilled',
    'Evicted',
    'Lost',
    'CreateContainerConfigError',
    'CreateContainerError',
    'RunContainerError',
    'DeadlineExceeded',
    'ContainerStatusUnknown',
    'StartError',
  ],
  idle: ['Completed', 'Succeeded', 'Complete', 'False'],
};

const byWord = new Map<string, Tone>(Object.entries(tones).flatMap(([tone, words]) => words.map((word) => [word, tone as Tone] as const)));

/** The tone of a status word as the server prints it: `Running`, `Init:0/1`, `Ready,SchedulingDisabled`. */
export function toneOfWord(text: string): Tone {
  const words = text.split(',');
  if (words.includes('NotReady')) return 'bad';
  if (words.includes('SchedulingDisabled')) return 'warn';
  const word = words[0] ?? '';
  const known = byWord.get(word);
  if (known) return known;
  if (word.startsWith('Init:')) return byWord.get(word.slice(5)) === 'bad' ? 'bad' : 'progress';
  if (/Error|BackOff|Fail|Invalid|Killed/.test(word)) return 'bad';
  return 'idle';
}

/** `2/3` is still on its way, `3/3` is there, `0/0` is asked to be nothing. */
export function toneOfFraction(text: string): Tone | undefined {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  if (!match) return undefined;
  const [ready, wanted] = [Number(match[1]), Number(match[2])];
  if (wanted === 0) return 'idle';
  if (ready >= wanted) return 'ok';
  return ready === 0 ? 'warn' : 'progress';
}
