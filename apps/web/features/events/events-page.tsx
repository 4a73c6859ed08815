'use client';
import { useDeferredValue, useMemo } from 'react';
import { EventRow, newestFirst } from '#features/detail/event-list.tsx';
import type { ListFacetProps } from '#features/lists/facets.ts';
import { useT } from '#i18n/provider.tsx';
import { useCluster, useObjects } from '#kube/hooks.tsx';
import type { KubeObject } from '#kube/types.ts';
import { Empty, ServerError, Skeleton } from '#ui/feedback.tsx';
import { FilterField } from '#ui/filter-field.tsx';
import { PageHead, Panel } from '#ui/panel.tsx';
import { useQueryState } from '#ui/use-query-state.ts';
import { About, type InvolvedObject } from './about.tsx';

const shownMax = 300;

/** Events by when they were last seen, with ages that tick; the server's Table would show them as they were when sent. */
export default function EventsPage({ resource, namespace }: ListFacetProps) {
  const t = useT();
  const { store } = useCluster();
  const { state, objects } = useObjects({ resource, namespace });
  const [filter, setFilter] = useQueryState('q');
  const [only, setOnly] = useQueryState('type');
  const wanted = useDeferredValue(filter);
  const events = useMemo(
    () => newestFirst(objects.filter((event) => matches(event, wanted) && (only === '' || event.type === only))),
    [objects, wanted, only],
  );
  return (
    <>
      <PageHead
        title="Events"
        sub={<span role="status">{t('list.count', { shown: Math.min(shownMax, events.length), total: objects.length, api: 'v1' })}</span>}
      >
        <FilterField value={filter} onChange={setFilter} />
        <label className="flex h-8 items-center gap-1.5 text-[13px] text-muted">
          <input
            type="checkbox"
            checked={only === 'Warning'}
            onChange={(change) => setOnly(change.target.checked ? 'Warning' : '')}
            className="size-4 accent-accent-strong"
          />
          {t('events.warnings')}
        </label>
      </PageHead>
      {state.error && state.phase !== 'live' && state.phase !== 'reconnecting' && <ServerError status={state.error} onRetry={store.retryAll} />}
      {state.phase === 'loading' && !state.error && <Skeleton rows={8} />}
      {state.phase === 'live' && events.length === 0 && <Empty title={t('events.none')} icon="bell" />}
      {events.length > 0 && (
        <Panel flush>
          <ul className="@container divide-y divide-line/70">
            {events.slice(0, shownMax).map((event) => (
              <EventRow key={event.metadata.uid} event={event} about={<About event={event} />} />
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}

function matches(event: KubeObject, text: string): boolean {
  const about = event.involvedObject as InvolvedObject | undefined;
  const all = [event.reason, event.message, event.type, about?.kind, about?.name, event.metadata.namespace].join(' ').toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
