'use client';
import { useT } from '#i18n/provider.tsx';
import { Panel } from '#ui/panel.tsx';
import { Mark } from '#ui/status.tsx';
import type { Problem } from './documents.ts';

export function ProblemList({ problems, onOpen }: { problems: readonly Problem[]; onOpen: (line: number) => void }) {
  const t = useT();
  if (problems.length === 0) return null;
  return (
    <Panel title={t('editor.problems', { count: problems.length })} flush>
      <ul aria-live="polite" className="divide-y divide-line/70">
        {problems.map((problem) => (
          <li key={`${problem.line} ${problem.message}`}>
            <button
              type="button"
              onClick={() => onOpen(problem.line)}
              className="grid w-full grid-cols-[auto_auto_1fr] items-start gap-2.5 px-4 py-2 text-left text-[13px] -outline-offset-2 hover:bg-hover"
            >
              <Mark tone={problem.severity === 'error' ? 'bad' : 'warn'} className="mt-1" />
              <span className="tnum text-muted">{t('editor.line', { line: problem.line })}</span>
              <span className="min-w-0 font-mono text-[12.5px] break-words whitespace-pre-wrap">{problem.message}</span>
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
