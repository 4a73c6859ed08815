'use client';
import type { ReactNode } from 'react';
import { useT } from '#i18n/provider.tsx';
import type { KubeStatus } from '#kube/types.ts';
import { Button } from './button.tsx';
import { cx } from './cx.ts';
import { Icon } from './icon.tsx';
import { Mark, type Tone } from './status.tsx';

export function Spinner({ label }: { label?: string }) {
  return (
    <span className="inline-flex items-center gap-2 text-muted" role={label ? 'status' : undefined}>
      <span aria-hidden="true" className="vk-spin inline-block size-4 rounded-full border-2 border-line-strong border-t-transparent" />
      {label}
    </span>
  );
}

/** Grey rows of the size the content will have, so that nothing jumps when it comes. */
export function Skeleton({ rows = 4, className }: { rows?: number; className?: string }) {
  const t = useT();
  return (
    <div role="status" aria-label={t('state.loading')} className={cx('grid gap-2.5', className)}>
      {Array.from({ length: rows }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical placeholders
        <span key={i} className="vk-pulse h-5 rounded bg-sunken" style={{ width: `${92 - ((i * 17) % 45)}%` }} />
      ))}
    </div>
  );
}

export function Empty({ title, children, icon = 'box' }: { title: string; children?: ReactNode; icon?: 'box' | 'search' | 'bell' }) {
  return (
    <div className="grid justify-items-center gap-2 px-6 py-10 text-center">
      <Icon name={icon} className="size-7 text-muted" />
      <p className="font-medium">{title}</p>
      {children && <div className="grid max-w-prose justify-items-center gap-3 text-[13px] text-muted">{children}</div>}
    </div>
  );
}

const softs: Record<Tone, string> = {
  ok: 'border-ok/40 bg-ok-soft',
  progress: 'border-info/40 bg-info-soft',
  info: 'border-info/40 bg-info-soft',
  warn: 'border-warn/40 bg-warn-soft',
  bad: 'border-bad/40 bg-bad-soft',
  idle: 'border-line bg-sunken',
};

export function Notice({
  tone,
  title,
  children,
  actions,
  live,
}: {
  tone: Tone;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  live?: boolean;
}) {
  return (
    <div
      role={live ? (tone === 'bad' ? 'alert' : 'status') : undefined}
      className={cx('flex flex-wrap items-start gap-x-3 gap-y-2 rounded-lg border px-3.5 py-2.5 text-[13px]', softs[tone])}
    >
      <Mark tone={tone} className="mt-1" />
      <div className="min-w-0 flex-1 basis-52">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div className="break-words">{children}</div>}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}

/** What the server refused, in its own words. */
export function ServerError({ status, onRetry }: { status: KubeStatus; onRetry?: () => void }) {
  const t = useT();
  const title = status.code === 0 ? t('error.unreachable') : t('error.server', { code: status.code, reason: status.reason ?? '' });
  return (
    <Notice
      live
      tone="bad"
      title={title}
      actions={
        onRetry && (
          <Button size="sm" onClick={onRetry}>
            {t('action.retry')}
          </Button>
        )
      }
    >
      <p className="font-mono whitespace-pre-wrap">{status.message}</p>
    </Notice>
  );
}
