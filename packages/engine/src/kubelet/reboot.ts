import type { PodSync } from './sync.ts';

const LOST = 255;

/** What ran when the node was switched off did not end by itself. Models the sandbox check of computePodActions. */
export function endWithReboot(sync: PodSync): void {
  const { rebootedAt } = sync.node;
  if (rebootedAt === undefined) return;
  const lost = sync.state.containers.filter(({ step, run }) => step === 'running' && run !== undefined && run.startedAt < rebootedAt);
  if (lost.length === 0) return;
  sync.event('Normal', 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.');
  for (const container of lost) container.kill = { killAt: sync.now, at: sync.now, exitCode: LOST };
}
