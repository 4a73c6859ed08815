'use client';
import Link from 'next/link';
import { useMemo } from 'react';
import { DiffView } from '#features/diff/diff-view.tsx';
import { objectHref } from '#features/shell/routes.ts';
import { useT } from '#i18n/provider.tsx';
import { useCluster } from '#kube/hooks.tsx';
import { manifestOf, toYaml } from '#kube/manifest.ts';
import { Button } from '#ui/button.tsx';
import { CommandLine } from '#ui/copy.tsx';
import { Notice, Spinner } from '#ui/feedback.tsx';
import { Panel } from '#ui/panel.tsx';
import { Badge, Status, type Tone } from '#ui/status.tsx';
import type { Outcome } from './apply.ts';
import type { Manifest } from './documents.ts';
import { keptFields } from './kept-fields.ts';

interface Props {
  run: { dryRun: boolean; outcomes: Outcome[] } | undefined;
  /** The documents the text started from. */
  originals: readonly Manifest[];
  busy: boolean;
  onForce: () => void;
}

/** What the server made, or would make, of every document, against what is there now. */
export function Outcomes({ run, originals, busy, onForce }: Props) {
  const t = useT();
  if (busy) return <Spinner label={t('editor.asking')} />;
  if (!run) {
    return (
      <Panel title={t('editor.diff')}>
        <p className="text-[13px] text-muted">{t('editor.diffHint')}</p>
        <div className="mt-3">
          <CommandLine command="kubectl apply --server-side -f manifest.yaml --dry-run=server" />
        </div>
      </Panel>
    );
  }
  const conflicts = run.outcomes.filter((outcome) => outcome.conflict);
  return (
    <section aria-label={t(run.dryRun ? 'editor.diff' : 'editor.result')} className="grid gap-4">
      {conflicts.length > 0 && (
        <Notice
          live
          tone="warn"
          title={t('editor.conflict')}
          actions={
            <Button size="sm" onClick={onForce}>
              {t('editor.force')}
            </Button>
          }
        >
          {t('editor.conflictWhy')}
        </Notice>
      )}
      {run.outcomes.map((outcome) => (
        <OutcomePanel
          key={outcome.manifest.index}
          outcome={outcome}
          original={originals.find((manifest) => manifest.title === outcome.manifest.title)}
          dryRun={run.dryRun}
        />
      ))}
    </section>
  );
}

function OutcomePanel({ outcome, original, dryRun }: { outcome: Outcome; original: Manifest | undefined; dryRun: boolean }) {
  const t = useT();
  const { id } = useCluster();
  const { manifest, before, after, error, resource, namespace } = outcome;
  const [left, right] = useMemo(() => [before ? toYaml(manifestOf(before)) : '', after ? toYaml(manifestOf(after)) : ''], [before, after]);
  const kept = useMemo(() => (before ? keptFields(original?.object, manifest.object, after) : []), [original, manifest, before, after]);
  const unchanged = left === right;
  const verdict = error ? 'error' : outcome.created ? 'created' : unchanged ? 'unchanged' : 'changed';
  const tones: Record<typeof verdict, Tone> = { error: 'bad', created: 'ok', changed: 'info', unchanged: 'idle' };
  const href = !dryRun && !error && resource && manifest.object ? objectHref(id, resource, namespace, manifest.object.metadata.name) : undefined;
  return (
    <Panel
      flush
      title={
        <span className="flex flex-wrap items-center gap-2">
          {href ? (
            <Link href={href} className="text-accent underline underline-offset-2">
              {manifest.title}
            </Link>
          ) : (
            manifest.title
          )}
          {namespace && <span className="font-normal text-muted">{namespace}</span>}
        </span>
      }
      actions={<Badge tone={tones[verdict]}>{t(dryRun ? `editor.would.${verdict}` : `editor.did.${verdict}`)}</Badge>}
    >
      {error ? (
        <p role="alert" className="px-4 py-3 font-mono text-[12.5px] break-words whitespace-pre-wrap">
          {error.message}
        </p>
      ) : (
        <>
          {outcome.awaitsNamespace && <p className="px-4 pt-3 text-[13px] text-muted">{t('editor.awaitsNamespace')}</p>}
          {kept.length > 0 && (
            <div className="border-b border-line px-4 py-2.5 text-[13px]">
              <Status tone="warn">{t('editor.kept')}</Status>
              <p className="font-mono text-[12.5px] break-all">{kept.join(', ')}</p>
              <p className="text-muted">{t('editor.keptWhy')}</p>
            </div>
          )}
          <DiffView label={t('editor.diffOf', { name: manifest.title })} before={left} after={right} />
        </>
      )}
    </Panel>
  );
}
