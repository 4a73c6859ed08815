import { cx } from './cx.ts';

/** Six states, told apart by shape as well as by colour. */
export type Tone = 'ok' | 'progress' | 'warn' | 'bad' | 'idle' | 'info';

const colors: Record<Tone, string> = {
  ok: 'text-ok',
  progress: 'text-info',
  warn: 'text-warn',
  bad: 'text-bad',
  idle: 'text-muted',
  info: 'text-info',
};

function shape(tone: Tone) {
  if (tone === 'ok') return <circle cx="6" cy="6" r="4.5" fill="currentColor" />;
  if (tone === 'progress')
    return (
      <>
        <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M6 2a4 4 0 0 1 0 8z" fill="currentColor" />
      </>
    );
  if (tone === 'warn') return <path d="M6 1.2L11.2 10.6H.8z" fill="currentColor" />;
  if (tone === 'bad') return <path d="M3.6.8h4.8l2.8 2.8v4.8l-2.8 2.8H3.6L.8 8.4V3.6zM4 5.2v1.6h4V5.2z" fill="currentColor" fillRule="evenodd" />;
  if (tone === 'info') return <path d="M6 1l5 5-5 5-5-5z" fill="currentColor" />;
  return <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.2 1.6" />;
}

export function Mark({ tone, className }: { tone: Tone; className?: string }) {
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true" className={cx('size-3 shrink-0', colors[tone], className)}>
      {shape(tone)}
    </svg>
  );
}

export function Status({ tone, children, className }: { tone: Tone; children: React.ReactNode; className?: string }) {
  return (
    <span className={cx('inline-flex min-w-0 items-center gap-1.5', colors[tone], className)}>
      <Mark tone={tone} />
      <span className="truncate">{children}</span>
    </span>
  );
}

const softs: Record<Tone, string> = {
  ok: 'bg-ok-soft text-ok',
  progress: 'bg-info-soft text-info',
  info: 'bg-info-soft text-info',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  idle: 'bg-sunken text-muted',
};

export function Badge({ tone, children }: { tone: Tone; children: React.ReactNode }) {
  return (
    <span className={cx('inline-flex items-center gap-1.5 rounded-full px-2 py-0.5 text-xs font-medium whitespace-nowrap', softs[tone])}>
      <Mark tone={tone} />
      {children}
    </span>
  );
}
