'use client';
import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { Suspense } from 'react';
import { pluralKind } from '#features/shell/groups.ts';
import { editHref, listHref } from '#features/shell/routes.ts';
import { useT } from '#i18n/provider.tsx';
import { useCluster, useObject } from '#kube/hooks.tsx';
import { findResource } from '#kube/resource.ts';
import type { Resource } from '#kube/types.ts';
import { Age } from '#ui/age.tsx';
import { LinkButton } from '#ui/button.tsx';
import { cx } from '#ui/cx.ts';
import { Empty, Notice, ServerError, Skeleton } from '#ui/feedback.tsx';
import { Icon } from '#ui/icon.tsx';
import { PageHead } from '#ui/panel.tsx';
import { Actions } from './actions.tsx';
import EventsTab from './events-tab.tsx';
import { facetOf, type Tab } from './facets.ts';
import OverviewTab from './overview-tab.tsx';
import YamlTab from './yaml-tab.tsx';

export function DetailPage({ kind, namespace, name }: { kind: string; namespace: string | undefined; name: string }) {
  const t = useT();
  const { resources, discoveryError } = useCluster();
  const resource = resources && findResource(resources, kind);
  if (resource) return <ObjectDetail key={`${kind}/${namespace}/${name}`} resource={resource} namespace={namespace} name={name} />;
  return (
    <>
      <PageHead title={name} />
      {resources ? <Empty title={t('list.unknownKind', { kind })} icon="search" /> : !discoveryError && <Skeleton rows={8} />}
    </>
  );
}

function ObjectDetail({ resource, namespace, name }: { resource: Resource; namespace: string | undefined; name: string }) {
  const t = useT();
  const { id, store } = useCluster();
  const { state, object, gone } = useObject(resource, namespace, name);
  const wanted = useSearchParams().get('tab') ?? 'overview';
  const tabs: Tab[] = [
    { id: 'overview', label: 'tab.overview', content: OverviewTab },
    ...(facetOf(resource).tabs ?? []),
    { id: 'events', label: 'tab.events', content: EventsTab },
    { id: 'yaml', label: 'tab.yaml', content: YamlTab },
  ];
  const tab = tabs.find((each) => each.id === wanted) ?? (tabs[0] as Tab);
  const Content = tab.content;
  return (
    <>
      <PageHead
        title={name}
        sub={
          <>
            <Link href={listHref(id, resource, namespace)} prefetch={false} className="rounded-sm hover:text-text hover:underline">
              {pluralKind(resource)}
            </Link>
            {namespace && <> · {namespace}</>}
            {object && (
              <>
                {' '}
                · <Age since={object.metadata.creationTimestamp} prefix />
              </>
            )}
          </>
        }
      >
        {object && (
          <>
            <Actions resource={resource} object={object} />
            {resource.verbs.includes('patch') && (
              <LinkButton size="sm" href={editHref(id, resource, object)}>
                <Icon name="edit" />
                {t('action.edit')}
              </LinkButton>
            )}
          </>
        )}
      </PageHead>
      {object?.metadata.deletionTimestamp && (
        <Notice tone="warn" title={t('detail.deleting')}>
          {object.metadata.finalizers?.join(', ')}
        </Notice>
      )}
      {state.phase === 'loading' && (state.error ? <ServerError status={state.error} onRetry={store.retryAll} /> : <Skeleton rows={8} />)}
      {state.phase === 'failed' && state.error && <ServerError status={state.error} onRetry={store.retryAll} />}
      {gone && (
        <Empty title={t('detail.gone', { kind: resource.kind, name })} icon="search">
          <LinkButton size="sm" href={listHref(id, resource, namespace)}>
            {t('detail.backToList', { kind: pluralKind(resource) })}
          </LinkButton>
        </Empty>
      )}
      {object && (
        <>
          <Tabs tabs={tabs} selected={tab.id} />
          <Suspense fallback={<Skeleton rows={6} />}>
            <Content resource={resource} object={object} />
          </Suspense>
        </>
      )}
    </>
  );
}

function Tabs({ tabs, selected }: { tabs: readonly Tab[]; selected: string }) {
  const t = useT();
  const pathname = usePathname();
  return (
    <nav aria-label={t('tab.label')} className="-mb-1 flex gap-1 overflow-x-auto border-b border-line">
      {tabs.map((tab) => (
        <Link
          key={tab.id}
          href={tab.id === 'overview' ? pathname : `${pathname}?tab=${tab.id}`}
          prefetch={false}
          scroll={false}
          aria-current={tab.id === selected ? 'page' : undefined}
          className={cx(
            'flex h-9 items-center border-b-2 px-3 text-[13px] font-medium whitespace-nowrap -outline-offset-2 max-sm:h-11',
            tab.id === selected ? 'border-accent text-accent' : 'border-transparent text-muted hover:text-text',
          )}
        >
          {t(tab.label)}
        </Link>
      ))}
    </nav>
  );
}
