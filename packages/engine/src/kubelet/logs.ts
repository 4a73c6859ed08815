import type { Instant } from '../core/instant.ts';
import type { View } from '../core/txn.ts';
import type { PodObject } from '../kinds/shared/pod.ts';
import type { ImageService } from '../kinds/shared/program.ts';
import { podKeyOf } from './keys.ts';
import { nodeRecord } from './node-record.ts';
import { programOf } from './runs.ts';
import { containersOf } from './start-state.ts';
import type { ContainerState, PodState, Run } from './state.ts';

export interface ContainerLine {
  at: Instant;
  text: string;
  stream: 'stdout' | 'stderr';
}

export type Log = { lines: ContainerLine[] } | { waiting: string } | { missing: true };

/** What a container has printed until now (or its run before). Kept nowhere: it follows from the program and the time. */
export function logsOf(view: View, images: ImageService, pod: PodObject, name: string, now: Instant, previous = false): Log {
  const state = view.runtime<PodState>(podKeyOf(pod.metadata.uid as string));
  const node = nodeRecord(view, pod.spec.nodeName ?? '');
  const container = state?.containers.find((c) => c.name === name);
  if (!state || !node || !container) return { waiting: 'ContainerCreating' };
  const run = previous ? earlierRun(container) : (container.run ?? container.last);
  if (!run) return previous ? { missing: true } : { waiting: container.reason ?? 'ContainerCreating' };
  const program = programOf({ pod, view, node, state, images, specs: containersOf(pod), await: () => undefined }, container, run);
  const until = Math.min(now, run.finishedAt ?? now) - run.startedAt;
  return { lines: program.log(until).map(({ atMs, text, stream }) => ({ at: run.startedAt + atMs, text, stream })) };
}

/** While a container waits to be restarted, the run that ended is the previous one. */
const earlierRun = (container: ContainerState): Run | undefined =>
  container.step === 'waiting' && container.run?.finishedAt !== undefined ? container.run : container.last;
