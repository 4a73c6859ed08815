'use client';
import { useMemo } from 'react';
import { EventRow, newestFirst } from '#features/detail/event-list.tsx';
import { About } from '#features/events/about.tsx';
import { useT } from '#i18n/provider.tsx';
import { useObjects } from '#kube/hooks.tsx';
import { wellKnown } from '#kube/resource.ts';
import { ServerError, Skeleton } from '#ui/feedback.tsx';

const shownMax = 14;

export function RecentEvents({ namespace }: { namespace?: string }) {
  const t = useT();
  const { state, objects } = useObjects({ resource: wellKnown.events, namespace });
  const events = useMemo(() => newestFirst(objects).slice(0, shownMax), [objects]);
  if (state.phase === 'failed' && state.error) return <ServerError status={state.error} />;
  if (state.phase === 'loading') return <Skeleton rows={5} className="p-4" />;
  if (events.length === 0) return <p className="px-4 py-3 text-[13px] text-muted">{t('events.none')}</p>;
  return (
    <ul className="@container divide-y divide-line/70">
      {events.map((event) => (
        <EventRow key={event.metadata.uid} event={event} about={<About event={event} />} />
      ))}
    </ul>
  );
}
