'use client';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { type ClusterInfo, deleteCluster, listClusters } from '#features/platform/api.ts';
import { useI18n } from '#i18n/provider.tsx';
import { statusOf } from '#kube/error.ts';
import type { KubeStatus } from '#kube/types.ts';
import { IconButton } from '#ui/button.tsx';
import { ConfirmDialog } from '#ui/confirm-dialog.tsx';
import { ServerError } from '#ui/feedback.tsx';
import { Icon } from '#ui/icon.tsx';

/** The sandboxes whose cookie this browser holds; shown only when there are any. */
export function MyClusters() {
  const { t, locale } = useI18n();
  const [clusters, setClusters] = useState<ClusterInfo[]>();
  const [error, setError] = useState<KubeStatus>();
  const [doomed, setDoomed] = useState<ClusterInfo>();
  useEffect(() => {
    listClusters().then(setClusters, (failure: unknown) => setError(statusOf(failure)));
  }, []);
  if (error) return <ServerError status={error} />;
  if (!clusters || clusters.length === 0) return null;
  return (
    <section aria-labelledby="mine" className="grid gap-3">
      <h2 id="mine" className="text-base font-semibold">
        {t('landing.mine')}
      </h2>
      <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
        {clusters.map((cluster) => (
          <li key={cluster.id} className="relative">
            <Link
              href={`/c/${cluster.id}`}
              className="flex min-h-14 items-center pr-14 justify-between gap-3 rounded-lg border border-line bg-panel px-4 py-2 hover:border-line-strong hover:bg-hover"
            >
              <span className="min-w-0">
                <span className="block truncate font-medium">{cluster.name}</span>
                {cluster.expiresAt && (
                  <span className="block text-[13px] text-muted">
                    {t('cluster.keptUntil', {
                      time: new Date(cluster.expiresAt).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' }),
                    })}
                  </span>
                )}
              </span>
            </Link>
            <IconButton label={t('landing.deleteOf', { name: cluster.name })} onClick={() => setDoomed(cluster)} className="absolute top-3 right-3">
              <Icon name="trash" />
            </IconButton>
          </li>
        ))}
      </ul>
      {doomed && (
        <ConfirmDialog
          danger
          title={t('landing.deleteOf', { name: doomed.name })}
          text={t('landing.deleteText')}
          confirm={t('action.delete')}
          run={async () => {
            await deleteCluster(doomed.id);
            setClusters(clusters.filter((cluster) => cluster !== doomed));
            setDoomed(undefined);
          }}
          onClose={() => setDoomed(undefined)}
        />
      )}
    </section>
  );
}
