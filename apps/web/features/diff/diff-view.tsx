'use client';
import { useMemo, useState } from 'react';
import { useT } from '#i18n/provider.tsx';
import { cx } from '#ui/cx.ts';
import { useNarrow } from '#ui/use-narrow.ts';
import { countChanges, type DiffLine, diffLines, hunksOf } from './lines.ts';
import { YamlLine } from './yaml-line.tsx';

const signs = { same: ' ', add: '+', del: '−' };
const backs = { same: '', add: 'bg-ok-soft', del: 'bg-bad-soft' };

export function DiffView({ before, after, label }: { before: string; after: string; label: string }) {
  const t = useT();
  const narrow = useNarrow();
  const [wholeFile, setWholeFile] = useState(false);
  const [split, setSplit] = useState(false);
  const lines = useMemo(() => diffLines(before, after), [before, after]);
  const { hunks, skippedAtEnd } = useMemo(() => hunksOf(lines, wholeFile ? lines.length : 3), [lines, wholeFile]);
  const { added, removed } = countChanges(lines);
  if (added + removed === 0) return <p className="p-3 text-[13px] text-muted">{t('diff.none')}</p>;
  return (
    <div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-3 py-1.5 text-xs">
        <span className="tnum">
          <span className="text-ok">{t('diff.added', { count: added })}</span> ·{' '}
          <span className="text-bad">{t('diff.removed', { count: removed })}</span>
        </span>
        <span className="ml-auto flex flex-wrap gap-x-4">
          <Toggle checked={wholeFile} onChange={setWholeFile} label={t('diff.whole')} />
          {!narrow && <Toggle checked={split} onChange={setSplit} label={t('diff.split')} />}
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach it */}
      <section tabIndex={0} aria-label={label} className="max-h-[60dvh] overflow-auto font-mono text-[12.5px] leading-5">
        {hunks.map((hunk) => (
          <div key={`${hunk.lines[0]?.before}-${hunk.lines[0]?.after}`}>
            <Skipped count={hunk.skipped} />
            {split && !narrow ? (
              <SplitLines lines={hunk.lines} />
            ) : (
              hunk.lines.map((line) => <UnifiedLine key={`${line.before}:${line.after}`} line={line} />)
            )}
          </div>
        ))}
        <Skipped count={skippedAtEnd} />
      </section>
    </div>
  );
}

function Toggle({ checked, onChange, label }: { checked: boolean; onChange: (on: boolean) => void; label: string }) {
  return (
    <label className="flex min-h-6 items-center gap-1.5 text-muted">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} className="size-3.5 accent-accent-strong" />
      {label}
    </label>
  );
}

function Skipped({ count }: { count: number }) {
  const t = useT();
  if (count === 0) return null;
  return <p className="border-y border-line/60 bg-sunken px-3 text-xs text-muted">{t('diff.skipped', { count })}</p>;
}

function UnifiedLine({ line }: { line: DiffLine }) {
  return (
    <div className={cx('flex min-w-max whitespace-pre', backs[line.kind])}>
      <LineNumber value={line.before} />
      <LineNumber value={line.after} />
      <Sign kind={line.kind} />
      <code className="pr-4 text-[12.5px]">
        <YamlLine text={line.text} />
      </code>
    </div>
  );
}

function SplitLines({ lines }: { lines: readonly DiffLine[] }) {
  return (
    <div className="grid grid-cols-2">
      {pairUp(lines).map(([left, right]) => (
        <div key={`${left?.before}:${right?.after}`} className="col-span-2 grid grid-cols-subgrid">
          <Half line={left} number={left?.before} />
          <Half line={right} number={right?.after} />
        </div>
      ))}
    </div>
  );
}

function Half({ line, number }: { line: DiffLine | undefined; number: number | undefined }) {
  return (
    <div className={cx('flex min-w-0 overflow-hidden border-r border-line/60 whitespace-pre-wrap', line ? backs[line.kind] : 'bg-sunken')}>
      <LineNumber value={number} />
      <Sign kind={line?.kind ?? 'same'} />
      <code className="min-w-0 text-[12.5px] break-all">{line && <YamlLine text={line.text} />}</code>
    </div>
  );
}

function pairUp(lines: readonly DiffLine[]): [DiffLine | undefined, DiffLine | undefined][] {
  const pairs: [DiffLine | undefined, DiffLine | undefined][] = [];
  let removed: DiffLine[] = [];
  const flush = () => {
    for (const line of removed) pairs.push([line, undefined]);
    removed = [];
  };
  for (const line of lines) {
    if (line.kind === 'del') removed.push(line);
    else if (line.kind === 'add') pairs.push([removed.shift(), line]);
    else {
      flush();
      pairs.push([line, line]);
    }
  }
  flush();
  return pairs;
}

function LineNumber({ value }: { value: number | undefined }) {
  return (
    <span aria-hidden="true" className="tnum w-9 shrink-0 pr-2 text-right text-muted select-none">
      {value ?? ''}
    </span>
  );
}

function Sign({ kind }: { kind: DiffLine['kind'] }) {
  return <span className={cx('w-4 shrink-0 select-none', kind === 'add' && 'text-ok', kind === 'del' && 'text-bad')}>{signs[kind]}</span>;
}
