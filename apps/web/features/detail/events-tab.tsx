'use client';
import { useT } from '#i18n/provider.tsx';
import { Panel } from '#ui/panel.tsx';
import { EventList } from './event-list.tsx';
import type { TabProps } from './facets.ts';

export default function EventsTab({ object }: TabProps) {
  const t = useT();
  return (
    <Panel title={t('tab.events')} flush>
      <EventList object={object} />
    </Panel>
  );
}
