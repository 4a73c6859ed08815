'use client';
import { useI18n } from '#i18n/provider.tsx';
import { humanDuration } from '#kube/clock.ts';
import { useSecond } from '#kube/hooks.tsx';

/** How long ago, ticking; the exact local time is in the title. */
export function Age({ since, prefix }: { since: string | undefined; prefix?: boolean }) {
  const second = useSecond();
  const { locale, t } = useI18n();
  if (!since) return <span className="text-muted">–</span>;
  const at = Date.parse(since);
  const text = humanDuration(second * 1000 - at);
  return (
    <time dateTime={since} title={new Date(at).toLocaleString(locale)} className="tnum whitespace-nowrap" suppressHydrationWarning>
      {prefix ? t('time.ago', { age: text }) : text}
    </time>
  );
}
