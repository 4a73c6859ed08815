'use client';
import Link from 'next/link';
import { objectHref } from '#features/shell/routes.ts';
import { useT } from '#i18n/provider.tsx';
import { useCluster, useObjects } from '#kube/hooks.tsx';
import type { ListSpec } from '#kube/list.ts';
import { wellKnown } from '#kube/resource.ts';
import { Age } from '#ui/age.tsx';
import { Empty, ServerError, Skeleton } from '#ui/feedback.tsx';
import { Panel } from '#ui/panel.tsx';
import { Status } from '#ui/status.tsx';
import { podTone, podWord, statusesOf, waitingReason } from './pod-state.ts';

type Which = Pick<ListSpec, 'namespace' | 'labelSelector' | 'fieldSelector'>;

/** Pods as rows with their state and, where they cannot run, the reason. */
export function PodList({ which }: { which: Which }) {
  const t = useT();
  const { id } = useCluster();
  const selector = which.labelSelector ?? which.fieldSelector;
  const { state, objects } = useObjects({ resource: wellKnown.pods, ...which });
  if (state.phase === 'failed' && state.error) return <ServerError status={state.error} />;
  if (state.phase === 'loading') return <Skeleton rows={4} />;
  if (objects.length === 0)
    return (
      <Empty title={t('pods.none')}>
        <code>{selector}</code>
      </Empty>
    );
  const pods = [...objects].sort((a, b) => a.metadata.name.localeCompare(b.metadata.name));
  return (
    <Panel title={t('pods.selected', { count: pods.length })} actions={<code className="text-xs break-all text-muted">{selector}</code>} flush>
      <ul className="divide-y divide-line/70">
        {pods.map((pod) => {
          const waiting = waitingReason(pod);
          const restarts = statusesOf(pod, 'containerStatuses').reduce((sum, status) => sum + (status.restartCount ?? 0), 0);
          return (
            <li
              key={pod.metadata.uid}
              className="grid items-center gap-x-4 gap-y-0.5 px-4 py-2 text-[13px] sm:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)_8rem_6rem_4rem]"
            >
              <Link
                prefetch={false}
                href={objectHref(id, wellKnown.pods, pod.metadata.namespace, pod.metadata.name)}
                className="rounded-sm py-1 font-medium break-all text-accent hover:underline"
              >
                {pod.metadata.name}
              </Link>
              <Status tone={podTone(pod)}>{podWord(pod)}</Status>
              <span className="truncate text-muted">{String(pod.spec?.nodeName ?? '–')}</span>
              <span className="tnum text-muted">{t('pods.restarts', { count: restarts })}</span>
              <span className="text-muted sm:text-right">
                <Age since={pod.metadata.creationTimestamp} />
              </span>
              {waiting?.bad && waiting.message && <p className="font-mono text-[12.5px] break-words text-bad sm:col-span-5">{waiting.message}</p>}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
