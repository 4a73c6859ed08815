'use client';
import Link from 'next/link';
import { useMemo } from 'react';
import { PodDots } from '#features/pods/pod-dots.tsx';
import { conditionsOf } from '#features/pods/pod-state.ts';
import { objectHref } from '#features/shell/routes.ts';
import { useT } from '#i18n/provider.tsx';
import { groupBy } from '#kube/group.ts';
import { useCluster, useObjects } from '#kube/hooks.tsx';
import { formatBytes, formatCpu } from '#kube/quantity.ts';
import { wellKnown } from '#kube/resource.ts';
import type { KubeObject } from '#kube/types.ts';
import { Age } from '#ui/age.tsx';
import { Empty, ServerError, Skeleton } from '#ui/feedback.tsx';
import { Meter } from '#ui/meter.tsx';
import { PageHead } from '#ui/panel.tsx';
import { Badge } from '#ui/status.tsx';
import { type Amounts, allocatable, allocations } from './allocation.ts';

const rolePrefix = 'node-role.kubernetes.io/';

export function NodesPage() {
  const t = useT();
  const { store } = useCluster();
  const { state, objects: nodes } = useObjects({ resource: wellKnown.nodes });
  const { objects: pods } = useObjects({ resource: wellKnown.pods });
  const sums = useMemo(() => allocations(pods), [pods]);
  const podsOn = useMemo(() => groupBy(pods, (pod) => String(pod.spec?.nodeName ?? '')), [pods]);
  const sorted = useMemo(() => [...nodes].sort((a, b) => a.metadata.name.localeCompare(b.metadata.name, 'en', { numeric: true })), [nodes]);
  return (
    <>
      <PageHead title={t('nav.nodes')} sub={<span role="status">{state.phase === 'live' ? t('nodes.count', { count: nodes.length }) : ''}</span>} />
      {state.error && state.phase !== 'live' && <ServerError status={state.error} onRetry={store.retryAll} />}
      {state.phase === 'loading' && !state.error && <Skeleton rows={8} />}
      {state.phase === 'live' && nodes.length === 0 && <Empty title={t('nodes.none')} />}
      <ul className="grid gap-4 md:grid-cols-2 2xl:grid-cols-3">
        {sorted.map((node) => (
          <NodeCard
            key={node.metadata.uid}
            node={node}
            used={sums.get(node.metadata.name) ?? { cpu: 0, memory: 0, pods: 0 }}
            pods={podsOn.get(node.metadata.name) ?? []}
          />
        ))}
      </ul>
    </>
  );
}

function NodeCard({ node, used, pods }: { node: KubeObject; used: Amounts; pods: readonly KubeObject[] }) {
  const t = useT();
  const { id } = useCluster();
  const total = allocatable(node);
  const ready = conditionsOf(node).find((condition) => condition.type === 'Ready')?.status === 'True';
  const cordoned = node.spec?.unschedulable === true;
  const roles = Object.keys(node.metadata.labels ?? {}).flatMap((key) => (key.startsWith(rolePrefix) ? [key.slice(rolePrefix.length)] : []));
  const taints = (node.spec?.taints ?? []) as { key: string; value?: string; effect: string }[];
  const info = (node.status?.nodeInfo ?? {}) as { kubeletVersion?: string };
  const zone = node.metadata.labels?.['topology.kubernetes.io/zone'];
  return (
    <li className="grid content-start gap-3 rounded-lg border border-line bg-panel p-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="min-w-0">
          <Link
            href={objectHref(id, wellKnown.nodes, undefined, node.metadata.name)}
            prefetch={false}
            className="rounded-sm font-semibold break-all hover:underline"
          >
            {node.metadata.name}
          </Link>
        </h2>
        <span className="flex gap-1.5">
          {cordoned && <Badge tone="warn">SchedulingDisabled</Badge>}
          <Badge tone={ready ? 'ok' : 'bad'}>{ready ? 'Ready' : 'NotReady'}</Badge>
        </span>
      </div>
      <p className="text-[13px] text-muted">
        {[roles.join(', '), zone, info.kubeletVersion].filter(Boolean).join(' · ')} · <Age since={node.metadata.creationTimestamp} />
      </p>
      <Meter label={t('nodes.cpu')} value={used.cpu} max={total.cpu} text={`${formatCpu(used.cpu)} / ${formatCpu(total.cpu)}`} />
      <Meter label={t('nodes.memory')} value={used.memory} max={total.memory} text={`${formatBytes(used.memory)} / ${formatBytes(total.memory)}`} />
      <Meter label={t('nodes.pods')} value={used.pods} max={total.pods} text={`${used.pods} / ${total.pods}`} />
      {taints.length > 0 && (
        <p className="text-[13px] break-words">
          <span className="text-muted">{t('nodes.taints')} </span>
          <code>{taints.map((taint) => `${taint.key}${taint.value ? `=${taint.value}` : ''}:${taint.effect}`).join(', ')}</code>
        </p>
      )}
      <PodDots
        label={t('nodes.podsOn', { node: node.metadata.name })}
        pods={pods}
        hrefOf={(pod) => objectHref(id, wellKnown.pods, pod.metadata.namespace, pod.metadata.name)}
      />
    </li>
  );
}
