'use client';
import Link from 'next/link';
import { objectHref } from '#features/shell/routes.ts';
import { useT } from '#i18n/provider.tsx';
import { useCluster } from '#kube/hooks.tsx';
import { wellKnown } from '#kube/resource.ts';
import { Skeleton } from '#ui/feedback.tsx';
import { Panel } from '#ui/panel.tsx';
import { Status, type Tone } from '#ui/status.tsx';
import type { PodSummary, troubledNodes, Unready } from './summary.ts';

const shownMax = 6;

interface Line {
  key: string;
  href: string;
  tone: Tone;
  what: string;
  where: string;
  says: string;
}

interface Props {
  nodes: ReturnType<typeof troubledNodes>;
  workloads: Unready[];
  pods: PodSummary['problems'];
  loading: boolean;
}

export function Problems({ nodes, workloads, pods, loading }: Props) {
  const t = useT();
  const { id } = useCluster();
  const lines: Line[] = [
    ...nodes.map(({ row, status, tone }) => ({
      key: row.uid,
      href: objectHref(id, wellKnown.nodes, undefined, row.metadata.name),
      tone,
      what: `Node ${row.metadata.name}`,
      where: '',
      says: status,
    })),
    ...workloads.map(({ row, says, fraction, tone }) => ({
      key: row.uid,
      href: objectHref(id, wellKnown.deployments, row.metadata.namespace, row.metadata.name),
      tone,
      what: `Deployment ${row.metadata.name}`,
      where: row.metadata.namespace ?? '',
      says: t(`overview.${says}`, { fraction }),
    })),
    ...pods.map(({ row, status, tone }) => ({
      key: row.uid,
      href: objectHref(id, wellKnown.pods, row.metadata.namespace, row.metadata.name),
      tone,
      what: `Pod ${row.metadata.name}`,
      where: row.metadata.namespace ?? '',
      says: status,
    })),
  ];
  if (loading)
    return (
      <Panel title={t('overview.health')}>
        <Skeleton rows={1} />
      </Panel>
    );
  if (lines.length === 0) {
    return (
      <Panel title={t('overview.health')}>
        <Status tone="ok">{t('overview.healthy')}</Status>
      </Panel>
    );
  }
  return (
    <Panel title={t('overview.problems', { count: lines.length })} flush>
      <ul className="divide-y divide-line/70">
        {lines.slice(0, shownMax).map((line) => (
          <li key={line.key}>
            <Link
              href={line.href}
              prefetch={false}
              className="flex flex-wrap items-center gap-x-4 gap-y-0.5 px-4 py-2 text-[13px] -outline-offset-2 hover:bg-hover"
            >
              <Status tone={line.tone} className="min-w-44">
                {line.says}
              </Status>
              <span className="min-w-0 flex-1 basis-48 font-medium break-all">{line.what}</span>
              <span className="text-muted">{line.where}</span>
            </Link>
          </li>
        ))}
      </ul>
      {lines.length > shownMax && (
        <p className="border-t border-line px-4 py-2 text-[13px] text-muted">{t('overview.more', { count: lines.length - shownMax })}</p>
      )}
    </Panel>
  );
}
