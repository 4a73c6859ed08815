import { memoryDemand } from '../kinds/metrics/demand.ts';
import type { Program } from '../kinds/shared/program.ts';
import { nano } from '../kinds/shared/quantity.ts';
import type { ContainerState, Run } from './state.ts';
import { type PodSync, specOf } from './sync.ts';

const SIGKILLED = 137;
/** Nothing fills its memory in no time. */
const FILLING_MS = 500;

/** How a run ends if nobody ends it: as the program does, or before that when it uses more memory than its limit. */
export function foreseeEnd(sync: PodSync, container: ContainerState, program: Program): void {
  const run = container.run as Run;
  for (const field of ['endsAt', 'exitCode', 'reason'] as const) delete run[field];
  const killedMs = outOfMemoryMs(sync, container);
  const { ends } = program;
  if (killedMs !== undefined && !(ends && ends.afterMs < killedMs)) {
    Object.assign(run, { endsAt: Math.max(sync.now, run.startedAt + killedMs), exitCode: SIGKILLED, reason: 'OOMKilled' });
  } else if (ends) {
    Object.assign(run, { endsAt: run.startedAt + ends.afterMs, exitCode: ends.exitCode, ...(ends.reason ? { reason: ends.reason } : {}) });
  }
}

function outOfMemoryMs(sync: PodSync, container: ContainerState): number | undefined {
  const spec = specOf(sync, container);
  const limit = (container.resources?.actual ?? spec.resources)?.limits?.memory;
  if (limit === undefined) return undefined;
  const most = Number(nano(limit));
  const phase = memoryDemand(sync.pod, spec)?.find((p) => p.nano > most);
  return phase && Math.max(FILLING_MS, phase.fromMs);
}
