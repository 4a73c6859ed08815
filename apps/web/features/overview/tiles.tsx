'use client';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { toneOfWord } from '#features/lists/tone.ts';
import { listHref } from '#features/shell/routes.ts';
import { useT } from '#i18n/provider.tsx';
import { useCluster } from '#kube/hooks.tsx';
import type { ListState } from '#kube/reducer.ts';
import { wellKnown } from '#kube/resource.ts';
import { Icon } from '#ui/icon.tsx';
import type { Tone } from '#ui/status.tsx';
import { Mark } from '#ui/status.tsx';
import { cellOf, type PodSummary } from './summary.ts';

function Tile({ href, title, value, unit, children }: { href: string; title: string; value: ReactNode; unit: string; children?: ReactNode }) {
  return (
    <Link href={href} prefetch={false} className="group grid content-start gap-2 rounded-lg border border-line bg-panel p-4 hover:border-line-strong">
      <span className="flex items-center justify-between text-[13px] text-muted">
        {title}
        <Icon name="right" className="opacity-0 transition-opacity group-hover:opacity-100" />
      </span>
      <span className="flex items-baseline gap-2">
        <span className="tnum text-2xl font-semibold">{value}</span>
        <span className="text-[13px] text-muted">{unit}</span>
      </span>
      {children}
    </Link>
  );
}

export function NodeTile({ state }: { state: ListState }) {
  const t = useT();
  const { id } = useCluster();
  const rows = [...state.rows.values()].sort((a, b) => a.metadata.name.localeCompare(b.metadata.name));
  const ready = rows.filter((row) => cellOf(state, row, 'Status').split(',').includes('Ready')).length;
  return (
    <Tile
      href={`/c/${id}/nodes`}
      title={t('nav.nodes')}
      value={state.phase === 'loading' ? '–' : `${ready}/${rows.length}`}
      unit={t('overview.nodesReady')}
    >
      <span className="flex flex-wrap gap-x-3 gap-y-1 text-[13px]">
        {rows.slice(0, 8).map((row) => (
          <span key={row.uid} className="inline-flex items-center gap-1.5">
            <Mark tone={toneOfWord(cellOf(state, row, 'Status'))} />
            {row.metadata.name}
          </span>
        ))}
      </span>
    </Tile>
  );
}

const bars: Record<Tone, string> = { ok: 'bg-ok', progress: 'bg-info', info: 'bg-info', warn: 'bg-warn', bad: 'bg-bad', idle: 'bg-line-strong' };

export function PodTile({ summary, loading, namespace }: { summary: PodSummary; loading: boolean; namespace?: string }) {
  const t = useT();
  const { id } = useCluster();
  return (
    <Tile href={listHref(id, wellKnown.pods, namespace)} title="Pods" value={loading ? '–' : summary.total} unit={t('overview.podsTotal')}>
      <span aria-hidden="true" className="flex h-1.5 gap-px overflow-hidden rounded-full bg-sunken">
        {summary.tallies.map(({ tone, count }) => (
          <span key={tone} className={bars[tone]} style={{ flexGrow: count }} />
        ))}
      </span>
      <span className="flex flex-wrap gap-x-4 gap-y-1 text-[13px]">
        {summary.tallies.map(({ tone, count }) => (
          <span key={tone} className="tnum inline-flex items-center gap-1.5">
            <Mark tone={tone} />
            {count} {t(`tone.${tone}`)}
          </span>
        ))}
      </span>
    </Tile>
  );
}

export function WorkloadTile({ state, unready, namespace }: { state: ListState; unready: number; namespace?: string }) {
  const t = useT();
  const { id } = useCluster();
  const total = state.rows.size;
  return (
    <Tile
      href={listHref(id, wellKnown.deployments, namespace)}
      title="Deployments"
      value={state.phase === 'loading' ? '–' : `${total - unready}/${total}`}
      unit={t('overview.deploymentsReady')}
    >
      {total === 0 && state.phase === 'live' && <span className="text-[13px] text-muted">{t('overview.noDeployments')}</span>}
      {total > 0 && (
        <span className="inline-flex items-center gap-1.5 text-[13px]">
          <Mark tone={unready > 0 ? 'progress' : 'ok'} />
          {unready > 0 ? t('overview.notReady', { count: unready }) : t('overview.allReady')}
        </span>
      )}
    </Tile>
  );
}
