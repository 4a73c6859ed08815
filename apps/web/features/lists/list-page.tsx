'use client';
import { Suspense, useDeferredValue, useMemo } from 'react';
import { pluralKind } from '#features/shell/groups.ts';
import { useNamespace } from '#features/shell/namespace.tsx';
import { objectHref } from '#features/shell/routes.ts';
import { useT } from '#i18n/provider.tsx';
import { useCluster, useList } from '#kube/hooks.tsx';
import { apiVersionOf, findResource } from '#kube/resource.ts';
import type { Resource } from '#kube/types.ts';
import { LinkButton } from '#ui/button.tsx';
import { Empty, ServerError, Skeleton } from '#ui/feedback.tsx';
import { FilterField } from '#ui/filter-field.tsx';
import { Icon } from '#ui/icon.tsx';
import { PageHead } from '#ui/panel.tsx';
import { useQueryState } from '#ui/use-query-state.ts';
import { columnsOf, filterRows, type Sort, sortRows } from './columns.ts';
import { listFacetOf } from './facets.ts';
import { ObjectTable } from './table.tsx';

export function ListPage({ kind }: { kind: string }) {
  const t = useT();
  const { resources, discoveryError } = useCluster();
  const resource = resources && findResource(resources, kind);
  const namespace = useNamespace();
  const Facet = resource && listFacetOf(resource);
  if (Facet) {
    return (
      <Suspense fallback={<Skeleton rows={8} />}>
        <Facet resource={resource} namespace={namespace} />
      </Suspense>
    );
  }
  if (resource) return <ResourceList resource={resource} />;
  return (
    <>
      <PageHead title={kind} />
      {resources ? <Empty title={t('list.unknownKind', { kind })} icon="search" /> : !discoveryError && <Skeleton rows={8} />}
    </>
  );
}

function ResourceList({ resource }: { resource: Resource }) {
  const t = useT();
  const { id, store } = useCluster();
  const namespace = useNamespace();
  const [filter, setFilter] = useQueryState('q');
  const [sortText, setSortText] = useQueryState('sort');
  const [wide, setWide] = useQueryState('wide');
  const scope = resource.namespaced ? namespace : undefined;
  const state = useList({ resource, namespace: scope, as: 'table' });
  const wanted = useDeferredValue(filter);
  const sort = useMemo(() => parseSort(sortText), [sortText]);
  const columns = useMemo(
    () => columnsOf(state.columns, { namespace: resource.namespaced && !scope, wide: wide === '1' }),
    [state.columns, resource, scope, wide],
  );
  const rows = useMemo(() => sortRows(filterRows([...state.rows.values()], columns, wanted), columns, sort), [state.rows, columns, wanted, sort]);
  const total = state.rows.size;
  return (
    <>
      <PageHead
        title={pluralKind(resource)}
        sub={
          <span role="status">
            {state.phase === 'loading' ? apiVersionOf(resource) : t('list.count', { shown: rows.length, total, api: apiVersionOf(resource) })}
          </span>
        }
      >
        <FilterField key={resource.plural} value={filter} onChange={setFilter} />
        <label className="flex h-8 items-center gap-1.5 text-[13px] text-muted max-sm:hidden">
          <input
            type="checkbox"
            checked={wide === '1'}
            onChange={(event) => setWide(event.target.checked ? '1' : '')}
            className="size-4 accent-accent-strong"
          />
          {t('list.wide')}
        </label>
        {resource.verbs.includes('create') && (
          <LinkButton
            size="sm"
            look="primary"
            href={`/c/${id}/edit?kind=${encodeURIComponent(`${apiVersionOf(resource)}/${resource.kind}`)}${scope ? `&ns=${scope}` : ''}`}
          >
            <Icon name="plus" />
            {t('action.create')}
          </LinkButton>
        )}
      </PageHead>
      {state.phase === 'failed' && state.error && <ServerError status={state.error} onRetry={store.retryAll} />}
      {state.phase === 'loading' && (state.error ? <ServerError status={state.error} onRetry={store.retryAll} /> : <Skeleton rows={8} />)}
      {total > 0 && rows.length > 0 && (
        <ObjectTable
          label={pluralKind(resource)}
          rows={rows}
          columns={columns}
          sort={sort}
          onSort={(next) => setSortText(`${next.descending ? '-' : ''}${next.column}`)}
          hrefOf={(row) => objectHref(id, resource, row.metadata.namespace, row.metadata.name)}
        />
      )}
      {total > 0 && rows.length === 0 && <Empty title={t('list.noMatch', { filter: wanted })} icon="search" />}
      {total === 0 && (state.phase === 'live' || state.phase === 'reconnecting') && (
        <Empty title={t(scope ? 'list.emptyIn' : 'list.empty', { kind: pluralKind(resource), namespace: scope ?? '' })}>
          {resource.verbs.includes('create') && <p>{t('list.emptyHint')}</p>}
        </Empty>
      )}
    </>
  );
}

function parseSort(text: string): Sort | undefined {
  if (!text) return undefined;
  return text.startsWith('-') ? { column: text.slice(1), descending: true } : { column: text, descending: false };
}
