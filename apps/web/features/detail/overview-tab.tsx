'use client';
import Link from 'next/link';
import { objectHref } from '#features/shell/routes.ts';
import { useI18n } from '#i18n/provider.tsx';
import { useCluster } from '#kube/hooks.tsx';
import { resourceOfKind } from '#kube/resource.ts';
import type { KubeObject } from '#kube/types.ts';
import { Age } from '#ui/age.tsx';
import { Facts, Panel } from '#ui/panel.tsx';
import { Conditions } from './conditions.tsx';
import { EventList } from './event-list.tsx';
import { facetOf, type TabProps } from './facets.ts';
import { PrintedColumns } from './printed-columns.tsx';

export default function OverviewTab({ resource, object }: TabProps) {
  const { t, locale } = useI18n();
  const Summary = facetOf(resource).summary;
  const { metadata } = object;
  return (
    <div className="grid gap-4">
      {Summary && <Summary resource={resource} object={object} />}
      <div className="grid gap-4 xl:grid-cols-2">
        <Panel title={t('detail.about')}>
          <Facts
            items={[
              [
                t('detail.created'),
                metadata.creationTimestamp ? (
                  <span key="c">
                    {new Date(metadata.creationTimestamp).toLocaleString(locale)} (<Age since={metadata.creationTimestamp} prefix />)
                  </span>
                ) : (
                  '–'
                ),
              ],
              ...(metadata.ownerReferences?.length ? [[t('detail.owner'), <Owners key="o" object={object} />] as [string, React.ReactNode]] : []),
              [t('detail.labels'), <Pairs key="l" pairs={metadata.labels} />],
              [t('detail.annotations'), <Pairs key="a" pairs={shortAnnotations(metadata.annotations)} />],
              ['UID', <code key="u">{metadata.uid}</code>],
            ]}
          />
        </Panel>
        <Panel title={t('detail.state')}>
          <PrintedColumns resource={resource} object={object} />
        </Panel>
      </div>
      <Conditions object={object} />
      <Panel title={t('tab.events')} flush>
        <EventList object={object} max={6} />
      </Panel>
    </div>
  );
}

function Owners({ object }: { object: KubeObject }) {
  const { id, resources } = useCluster();
  return object.metadata.ownerReferences?.map((owner) => {
    const resource = resourceOfKind(resources ?? [], owner.apiVersion, owner.kind);
    const text = `${owner.kind} ${owner.name}`;
    if (!resource) return <span key={owner.uid}>{text}</span>;
    return (
      <Link
        key={owner.uid}
        prefetch={false}
        href={objectHref(id, resource, resource.namespaced ? object.metadata.namespace : undefined, owner.name)}
        className="text-accent underline underline-offset-2"
      >
        {text}
      </Link>
    );
  });
}

function Pairs({ pairs }: { pairs: Record<string, string> | undefined }) {
  const entries = Object.entries(pairs ?? {});
  if (entries.length === 0) return <span className="text-muted">–</span>;
  return (
    <ul className="flex flex-wrap gap-1">
      {entries.map(([key, value]) => (
        <li key={key} className="max-w-full rounded bg-sunken px-1.5 py-px font-mono text-xs break-all">
          {key}
          {value !== '' && <span className="text-muted">=</span>}
          {value}
        </li>
      ))}
    </ul>
  );
}

/** The manifest that client-side apply keeps is in the YAML tab; here it would drown the rest. */
function shortAnnotations(annotations: Record<string, string> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(annotations ?? {}).filter(([key]) => key !== 'kubectl.kubernetes.io/last-applied-configuration'));
}
