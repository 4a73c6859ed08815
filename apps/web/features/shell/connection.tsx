'use client';
import { useT } from '#i18n/provider.tsx';
import { useConnection } from '#kube/hooks.tsx';
import { cx } from '#ui/cx.ts';
import { Mark, type Tone } from '#ui/status.tsx';

const tones = { idle: 'idle', connecting: 'progress', live: 'ok', reconnecting: 'warn' } satisfies Record<string, Tone>;
const colors = { idle: 'text-muted', connecting: 'text-muted', live: 'text-ok', reconnecting: 'text-warn' };

export function ConnectionBadge() {
  const t = useT();
  const connection = useConnection();
  return (
    <span
      role="status"
      title={t(`connection.${connection}.long`)}
      className={cx('inline-flex items-center gap-1.5 text-xs font-medium whitespace-nowrap', colors[connection])}
    >
      <Mark tone={tones[connection]} className={connection === 'reconnecting' || connection === 'connecting' ? 'vk-pulse' : undefined} />
      <span className={connection === 'live' ? 'max-md:sr-only' : 'max-[26rem]:sr-only'}>{t(`connection.${connection}`)}</span>
    </span>
  );
}
