'use client';
import Link from 'next/link';
import { useParams, usePathname } from 'next/navigation';
import { useMemo } from 'react';
import { useT } from '#i18n/provider.tsx';
import { useCluster } from '#kube/hooks.tsx';
import { findResource, resourceId } from '#kube/resource.ts';
import { cx } from '#ui/cx.ts';
import { ServerError, Skeleton } from '#ui/feedback.tsx';
import { Icon, type IconName } from '#ui/icon.tsx';
import { navGroups, pluralKind } from './groups.ts';
import { useNamespace } from './namespace.tsx';
import { listHref, overviewHref } from './routes.ts';

const openAtFirst = new Set(['workloads', 'network', 'config', 'custom']);

export function Nav({ onNavigate }: { onNavigate?: () => void }) {
  const t = useT();
  const { id, resources, discoveryError, rediscover } = useCluster();
  const namespace = useNamespace();
  const pathname = usePathname();
  const params = useParams<{ kind?: string }>();
  const groups = useMemo(() => navGroups(resources ?? []), [resources]);
  const here = resources && params.kind ? findResource(resources, params.kind) : undefined;
  return (
    <nav aria-label={t('nav.label')} className="grid content-start gap-0.5 p-2 text-[13px]">
      <Item
        href={overviewHref(id, namespace)}
        icon="home"
        current={pathname === `/c/${id}` || pathname.startsWith(`/c/${id}/ns/`)}
        onNavigate={onNavigate}
      >
        {t('nav.overview')}
      </Item>
      <Item href={`/c/${id}/nodes`} icon="server" current={pathname === `/c/${id}/nodes`} onNavigate={onNavigate}>
        {t('nav.nodes')}
      </Item>
      <Item href={`/c/${id}/edit${namespace ? `?ns=${namespace}` : ''}`} icon="edit" current={pathname === `/c/${id}/edit`} onNavigate={onNavigate}>
        {t('nav.editor')}
      </Item>
      {!resources && !discoveryError && <Skeleton rows={8} className="px-2 pt-4" />}
      {discoveryError && <ServerError status={discoveryError} onRetry={rediscover} />}
      {groups.map((group) => (
        <details key={group.id} open={openAtFirst.has(group.id) || group.resources.includes(here as never)} className="group/nav pt-2">
          <summary className="flex h-7 list-none items-center gap-2 rounded px-2 text-xs font-semibold text-muted hover:text-text max-sm:h-10">
            <Icon name={group.icon} className="size-3.5" />
            <span className="flex-1">{t(group.label)}</span>
            <Icon name="chevron" className="size-3 -rotate-90 group-open/nav:rotate-0" />
          </summary>
          {group.resources.map((resource) => (
            <Item key={resourceId(resource)} href={listHref(id, resource, namespace)} current={resource === here} onNavigate={onNavigate} inset>
              {pluralKind(resource)}
            </Item>
          ))}
        </details>
      ))}
    </nav>
  );
}

function Item(props: { href: string; icon?: IconName; current: boolean; inset?: boolean; onNavigate?: () => void; children: React.ReactNode }) {
  return (
    <Link
      href={props.href}
      prefetch={false}
      onClick={props.onNavigate}
      aria-current={props.current ? 'page' : undefined}
      className={cx(
        'flex h-7 items-center gap-2 rounded px-2 max-sm:h-10',
        props.inset && 'pl-[30px]',
        props.current ? 'bg-accent-soft font-medium text-accent' : 'hover:bg-hover',
      )}
    >
      {props.icon && <Icon name={props.icon} />}
      <span className="truncate">{props.children}</span>
    </Link>
  );
}
