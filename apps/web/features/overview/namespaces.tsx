'use client';
import Link from 'next/link';
import { useMemo } from 'react';
import { overviewHref } from '#features/shell/routes.ts';
import { useT } from '#i18n/provider.tsx';
import { useCluster, useList } from '#kube/hooks.tsx';
import { emptyList, type ListState } from '#kube/reducer.ts';
import { wellKnown } from '#kube/resource.ts';
import { Skeleton } from '#ui/feedback.tsx';
import { Panel } from '#ui/panel.tsx';
import { Mark } from '#ui/status.tsx';
import { podsByNamespace, summarizePods } from './summary.ts';

const none = summarizePods(emptyList);

export function Namespaces({ pods }: { pods: ListState }) {
  const t = useT();
  const { id } = useCluster();
  const namespaces = useList({ resource: wellKnown.namespaces, as: 'table' });
  const summaries = useMemo(() => podsByNamespace(pods), [pods]);
  const rows = [...namespaces.rows.values()].sort((a, b) => a.metadata.name.localeCompare(b.metadata.name));
  return (
    <Panel title="Namespaces" flush>
      {namespaces.phase === 'loading' && <Skeleton rows={3} className="p-4" />}
      <ul className="divide-y divide-line/70">
        {rows.map((row) => {
          const { total, tallies } = summaries.get(row.metadata.name) ?? none;
          return (
            <li key={row.uid}>
              <Link
                href={overviewHref(id, row.metadata.name)}
                prefetch={false}
                className="flex min-h-9 items-center gap-3 px-4 py-1.5 text-[13px] -outline-offset-2 hover:bg-hover max-sm:min-h-11"
              >
                <span className="min-w-0 flex-1 truncate font-medium">{row.metadata.name}</span>
                {total === 0 && <span className="text-muted">{t('overview.empty')}</span>}
                {tallies.map(({ tone, count }) => (
                  <span key={tone} title={t(`tone.${tone}`)} className="tnum inline-flex items-center gap-1">
                    <Mark tone={tone} />
                    {count}
                    <span className="sr-only">{t(`tone.${tone}`)}</span>
                  </span>
                ))}
              </Link>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
