'use client';
import { useMemo, useState } from 'react';
import type { TabProps } from '#features/detail/facets.ts';
import { DiffView } from '#features/diff/diff-view.tsx';
import { PodDots } from '#features/pods/pod-dots.tsx';
import { objectHref } from '#features/shell/routes.ts';
import { useT } from '#i18n/provider.tsx';
import { useCluster } from '#kube/hooks.tsx';
import { toYaml } from '#kube/manifest.ts';
import { wellKnown } from '#kube/resource.ts';
import { Empty, Skeleton } from '#ui/feedback.tsx';
import { Panel } from '#ui/panel.tsx';
import { useQueryState } from '#ui/use-query-state.ts';
import { RevisionRow } from './revision-row.tsx';
import type { Revision } from './revisions.ts';
import { RollbackDialog } from './rollback-dialog.tsx';
import { StuckNotice } from './stuck-notice.tsx';
import { useRollout } from './use-rollout.ts';

export default function RolloutTab({ object }: TabProps) {
  const t = useT();
  const { id } = useCluster();
  const { loading, revisions, podsOf, progress } = useRollout(object);
  const [a, setA] = useQueryState('a');
  const [b, setB] = useQueryState('b');
  const [target, setTarget] = useState<Revision>();
  const current = revisions.find((revision) => revision.current);
  const right = revisions.find((revision) => String(revision.number) === b) ?? current ?? revisions[0];
  const left =
    revisions.find((revision) => String(revision.number) === a) ??
    revisions.find((revision) => revision !== right && revision.number < (right?.number ?? 0));
  if (loading) return <Skeleton rows={6} />;
  if (revisions.length === 0) return <Empty title={t('rollout.none')} />;
  const previous = revisions.find((revision) => !revision.current && revision.number < (current?.number ?? Number.MAX_SAFE_INTEGER));
  return (
    <div className="grid gap-4">
      <StuckNotice progress={progress} onRollBack={previous && (() => setTarget(previous))} to={previous?.number} />
      <Panel title={t('rollout.timeline')} flush>
        <ol>
          {revisions.map((revision) => (
            <RevisionRow
              key={revision.replicaSet.metadata.uid}
              revision={revision}
              progress={revision.current ? progress : undefined}
              comparing={revision === left || revision === right}
              onCompare={
                revision.current
                  ? undefined
                  : () => {
                      setA(String(revision.number));
                      setB(current ? String(current.number) : '');
                    }
              }
              onRollBack={revision.current ? undefined : () => setTarget(revision)}
            >
              <PodDots
                label={t('rollout.podsOf', { revision: revision.number })}
                pods={podsOf(revision.replicaSet.metadata.uid)}
                hrefOf={(pod) => objectHref(id, wellKnown.pods, pod.metadata.namespace, pod.metadata.name)}
              />
            </RevisionRow>
          ))}
        </ol>
      </Panel>
      {right && left && revisions.length > 1 && (
        <Panel
          flush
          title={t('rollout.compare')}
          actions={
            <span className="flex flex-wrap items-center gap-2 text-[13px]">
              <RevisionSelect label={t('rollout.from')} revisions={revisions} value={left.number} onChange={setA} />
              <span aria-hidden="true">→</span>
              <RevisionSelect label={t('rollout.to')} revisions={revisions} value={right.number} onChange={setB} />
            </span>
          }
        >
          <TemplateDiff left={left} right={right} />
        </Panel>
      )}
      {revisions.length === 1 && <p className="text-[13px] text-muted">{t('rollout.single')}</p>}
      {target && <RollbackDialog deployment={object} target={target} current={current} onClose={() => setTarget(undefined)} />}
    </div>
  );
}

function TemplateDiff({ left, right }: { left: Revision; right: Revision }) {
  const t = useT();
  const before = useMemo(() => toYaml(left.template), [left.template]);
  const after = useMemo(() => toYaml(right.template), [right.template]);
  return <DiffView label={t('rollout.diffLabel', { from: left.number, to: right.number })} before={before} after={after} />;
}

function RevisionSelect({
  label,
  revisions,
  value,
  onChange,
}: {
  label: string;
  revisions: readonly Revision[];
  value: number;
  onChange: (value: string) => void;
}) {
  const t = useT();
  return (
    <select
      aria-label={label}
      value={String(value)}
      onChange={(event) => onChange(event.target.value)}
      className="h-7 rounded-md border border-line-strong/60 bg-panel px-2 max-sm:h-10"
    >
      {revisions.map((revision) => (
        <option key={revision.number} value={String(revision.number)}>
          {t('rollout.revision', { revision: revision.number })}
          {revision.current ? ` · ${t('rollout.now')}` : ''}
        </option>
      ))}
    </select>
  );
}
