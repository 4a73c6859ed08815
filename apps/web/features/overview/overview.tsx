'use client';
import { useMemo } from 'react';
import { kubeconfigFile, kubeconfigUrl } from '#features/platform/api.ts';
import { useClusterInfo } from '#features/shell/cluster-info.ts';
import { useI18n } from '#i18n/provider.tsx';
import { useCluster, useList } from '#kube/hooks.tsx';
import { wellKnown } from '#kube/resource.ts';
import { buttonClass, LinkButton } from '#ui/button.tsx';
import { ServerError } from '#ui/feedback.tsx';
import { Icon } from '#ui/icon.tsx';
import { PageHead, Panel } from '#ui/panel.tsx';
import { Connect } from './connect.tsx';
import { Namespaces } from './namespaces.tsx';
import { Problems } from './problems.tsx';
import { RecentEvents } from './recent-events.tsx';
import { summarizePods, troubledNodes, unready } from './summary.ts';
import { NodeTile, PodTile, WorkloadTile } from './tiles.tsx';

/** The state of a cluster, or of one namespace, on one page. */
export function Overview({ namespace }: { namespace?: string }) {
  const { t, locale } = useI18n();
  const { id, store } = useCluster();
  const info = useClusterInfo();
  const pods = useList({ resource: wellKnown.pods, namespace, as: 'table' });
  const deployments = useList({ resource: wellKnown.deployments, namespace, as: 'table' });
  const nodes = useList({ resource: wellKnown.nodes, as: 'table' });
  const podSummary = useMemo(() => summarizePods(pods), [pods]);
  const waiting = useMemo(() => unready(deployments), [deployments]);
  const failed = [pods, deployments, nodes].find((state) => state.error && state.phase !== 'live' && state.phase !== 'reconnecting');
  return (
    <>
      <PageHead
        title={namespace ?? info?.name ?? id}
        sub={
          namespace
            ? t('overview.namespace')
            : info?.expiresAt &&
              t('cluster.keptUntil', { time: new Date(info.expiresAt).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' }) })
        }
      >
        {!namespace && (
          <a href={kubeconfigUrl(id)} download={kubeconfigFile(info?.name ?? id)} className={buttonClass('plain')}>
            <Icon name="download" />
            {t('overview.kubeconfig')}
          </a>
        )}
        <LinkButton look="primary" href={`/c/${id}/edit${namespace ? `?ns=${namespace}` : ''}`}>
          <Icon name="plus" />
          {t('overview.deploy')}
        </LinkButton>
      </PageHead>
      {failed?.error && <ServerError status={failed.error} onRetry={store.retryAll} />}
      <Problems nodes={namespace ? [] : troubledNodes(nodes)} pods={podSummary.problems} workloads={waiting} loading={pods.phase === 'loading'} />
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        <NodeTile state={nodes} />
        <PodTile summary={podSummary} loading={pods.phase === 'loading'} namespace={namespace} />
        <WorkloadTile state={deployments} unready={waiting.length} namespace={namespace} />
      </div>
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_minmax(0,1.25fr)]">
        <div className="grid gap-4">
          {!namespace && <Namespaces pods={pods} />}
          <Connect id={id} name={info?.name ?? id} />
        </div>
        <Panel title={t('overview.events')} flush>
          <RecentEvents namespace={namespace} />
        </Panel>
      </div>
    </>
  );
}
