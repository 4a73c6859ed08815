'use client';
import { useMemo } from 'react';
import { useT } from '#i18n/provider.tsx';
import { useObjects } from '#kube/hooks.tsx';
import { wellKnown } from '#kube/resource.ts';
import type { KubeObject } from '#kube/types.ts';
import { Age } from '#ui/age.tsx';
import { ServerError, Skeleton } from '#ui/feedback.tsx';
import { Status } from '#ui/status.tsx';

export function lastSeen(event: KubeObject): string | undefined {
  const series = event.series as { lastObservedTime?: string } | undefined;
  return series?.lastObservedTime ?? (event.lastTimestamp as string) ?? (event.eventTime as string) ?? event.metadata.creationTimestamp;
}

const collator = new Intl.Collator('en', { numeric: true });

/** Newest first; those of one second in the order in which they were written. */
export function newestFirst(events: readonly KubeObject[]): KubeObject[] {
  const version = (event: KubeObject) => event.metadata.resourceVersion ?? '';
  return [...events].sort((a, b) => (lastSeen(b) ?? '').localeCompare(lastSeen(a) ?? '') || collator.compare(version(b), version(a)));
}

/** The events about one object, newest first. */
export function EventList({ object, max }: { object: KubeObject; max?: number }) {
  const t = useT();
  const { namespace, uid } = object.metadata;
  const { state, objects } = useObjects({ resource: wellKnown.events, namespace, fieldSelector: `involvedObject.uid=${uid}` });
  const events = useMemo(() => newestFirst(objects), [objects]);
  if (state.phase === 'failed' && state.error) return <ServerError status={state.error} />;
  if (state.phase === 'loading') return <Skeleton rows={2} className="p-4" />;
  if (events.length === 0) return <p className="px-4 py-3 text-[13px] text-muted">{t('events.none')}</p>;
  return (
    <ul className="@container divide-y divide-line/70">
      {events.slice(0, max).map((event) => (
        <EventRow key={event.metadata.uid} event={event} />
      ))}
    </ul>
  );
}

export function EventRow({ event, about }: { event: KubeObject; about?: React.ReactNode }) {
  const count = (event.count as number | undefined) ?? (event.series as { count?: number } | undefined)?.count ?? 1;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-3 gap-y-0.5 px-4 py-2 text-[13px] @2xl:grid-cols-[minmax(0,11rem)_minmax(0,1fr)_5rem]">
      <Status tone={event.type === 'Warning' ? 'warn' : 'idle'}>
        <span className="text-text">{String(event.reason ?? '')}</span>
      </Status>
      <span className="tnum text-right text-muted @2xl:order-last">
        {count > 1 && `×${count} `}
        <Age since={lastSeen(event)} />
      </span>
      <span className="col-span-2 min-w-0 break-words @2xl:col-span-1">
        {about}
        <span className={about ? 'text-muted' : ''}>{String(event.message ?? event.note ?? '')}</span>
      </span>
    </li>
  );
}
