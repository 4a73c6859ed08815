'use client';
import { useT } from '#i18n/provider.tsx';
import { Badge, type Tone } from '#ui/status.tsx';
import type { RolloutState } from './progress.ts';

const tones: Record<RolloutState, Tone> = { healthy: 'ok', progressing: 'progress', stuck: 'bad', paused: 'warn', stopped: 'idle' };

export function RolloutBadge({ state }: { state: RolloutState }) {
  const t = useT();
  return <Badge tone={tones[state]}>{t(`rollout.state.${state}`)}</Badge>;
}
