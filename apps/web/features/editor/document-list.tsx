'use client';
import { useT } from '#i18n/provider.tsx';
import { Mark } from '#ui/status.tsx';
import type { Manifest, Problem } from './documents.ts';

/** The documents of a multi-document text, as a strip above it. */
export function DocumentList({
  manifests,
  problems,
  onOpen,
}: {
  manifests: readonly Manifest[];
  problems: readonly Problem[];
  onOpen: (line: number) => void;
}) {
  const t = useT();
  return (
    <nav aria-label={t('editor.documents')} className="flex gap-1 overflow-x-auto border-b border-line p-1.5">
      {manifests.map((manifest) => {
        const bad = problems.some((problem) => problem.document === manifest.index && problem.severity === 'error');
        return (
          <button
            key={manifest.index}
            type="button"
            onClick={() => onOpen(manifest.line)}
            className="inline-flex h-7 shrink-0 items-center gap-1.5 rounded px-2 text-[13px] whitespace-nowrap hover:bg-hover max-sm:h-10"
          >
            <Mark tone={bad ? 'bad' : 'idle'} />
            {manifest.title}
            {bad && <span className="sr-only">{t('editor.hasProblems')}</span>}
          </button>
        );
      })}
    </nav>
  );
}
