import { cx } from './cx.ts';

/** A labelled bar; the numbers beside it say the same in words. */
export function Meter({ label, value, max, text, good }: { label: string; value: number; max: number; text: string; good?: boolean }) {
  const share = max > 0 ? Math.min(1, value / max) : 0;
  const color = good ? (share >= 1 ? 'bg-ok' : 'bg-info') : share > 0.9 ? 'bg-bad' : share > 0.75 ? 'bg-warn' : 'bg-accent';
  return (
    <div className="grid gap-1 text-[13px]">
      <div className="flex justify-between gap-3">
        <span className="text-muted">{label}</span>
        <span className="tnum">{text}</span>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: the meter element cannot be coloured alike in all browsers */}
      <div
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={text}
        className="h-1.5 overflow-hidden rounded-full bg-sunken ring-1 ring-line"
      >
        <div className={cx('h-full rounded-full', color)} style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  );
}
