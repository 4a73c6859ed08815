'use client';
import Link from 'next/link';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { StartButton } from '#features/landing/start-button.tsx';
import { type ClusterInfo, getCluster, kubeconfigFile, kubeconfigUrl } from '#features/platform/api.ts';
import { useT } from '#i18n/provider.tsx';
import { statusOf } from '#kube/error.ts';
import { ClusterProvider } from '#kube/hooks.tsx';
import type { WatchTransport } from '#kube/transport.ts';
import type { KubeStatus } from '#kube/types.ts';
import { buttonClass, IconButton, LinkButton } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Empty, ServerError, Skeleton } from '#ui/feedback.tsx';
import { Icon } from '#ui/icon.tsx';
import { ClusterInfoContext } from './cluster-info.ts';
import { ConnectionBadge } from './connection.tsx';
import { Logo } from './logo.tsx';
import { NamespaceSwitcher } from './namespace.tsx';
import { Nav } from './nav.tsx';
import { Palette } from './palette.tsx';
import { LocaleSwitch, ThemeSwitch } from './switches.tsx';

type Access = { state: 'asking' } | { state: 'open'; info: ClusterInfo } | { state: 'closed' } | { state: 'failed'; error: KubeStatus };

/** The frame around every page of one cluster. Nothing is asked of the cluster before it is known to be open to this browser. */
export function Shell({ id, transport, children }: { id: string; transport: WatchTransport; children: ReactNode }) {
  const t = useT();
  const [access, setAccess] = useState<Access>({ state: 'asking' });
  const ask = useCallback(() => {
    getCluster(id).then(
      (info) => setAccess(info ? { state: 'open', info } : { state: 'closed' }),
      (failure: unknown) => setAccess({ state: 'failed', error: statusOf(failure) }),
    );
  }, [id]);
  useEffect(ask, [ask]);
  if (access.state === 'closed') return <NotYours />;
  if (access.state !== 'open') {
    return (
      <div className="min-h-dvh">
        <div className="h-12 border-b border-line bg-panel" />
        <main className="grid gap-4 p-5">
          <h1 className="sr-only">Vivakube</h1>
          {access.state === 'failed' ? <ServerError status={access.error} onRetry={ask} /> : <Skeleton rows={6} />}
          <noscript>{t('landing.noScript')}</noscript>
        </main>
      </div>
    );
  }
  return (
    <ClusterProvider id={id} transport={transport}>
      <ClusterInfoContext value={access.info}>
        <a
          href="#main"
          className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded focus:bg-raised focus:px-3 focus:py-2"
        >
          {t('nav.skip')}
        </a>
        <div className="flex min-h-dvh flex-col">
          <Header id={id} info={access.info} />
          <div className="flex flex-1">
            <aside className="sticky top-12 hidden h-[calc(100dvh-3rem)] w-56 shrink-0 overflow-y-auto border-r border-line bg-panel lg:block">
              <Nav />
            </aside>
            <main id="main" tabIndex={-1} className="grid min-w-0 flex-1 content-start gap-4 p-4 outline-none sm:p-5">
              {children}
            </main>
          </div>
        </div>
      </ClusterInfoContext>
    </ClusterProvider>
  );
}

function Header({ id, info }: { id: string; info: ClusterInfo }) {
  const t = useT();
  const [menu, setMenu] = useState(false);
  return (
    <header className="sticky top-0 z-30 flex h-12 items-center gap-2 border-b border-line bg-panel px-3 sm:gap-3">
      <IconButton label={t('nav.open')} className="lg:hidden" onClick={() => setMenu(true)}>
        <Icon name="menu" />
      </IconButton>
      <Dialog side open={menu} onClose={() => setMenu(false)} title={info.name}>
        <Nav onNavigate={() => setMenu(false)} />
        <div className="flex items-center justify-between gap-2 border-t border-line p-3">
          <LocaleSwitch />
          <ThemeSwitch />
        </div>
      </Dialog>
      <Link href="/" aria-label={t('nav.home')} className="rounded max-sm:hidden">
        <Logo />
      </Link>
      <span aria-hidden="true" className="h-5 border-l border-line max-sm:hidden" />
      <Link href={`/c/${id}`} className="max-w-48 truncate rounded py-1 font-medium max-md:hidden">
        {info.name}
      </Link>
      <NamespaceSwitcher />
      <div className="ml-auto flex items-center gap-1 sm:gap-2">
        <ConnectionBadge />
        <Palette />
        <LinkButton size="sm" href={`/c/${id}/edit`} className="max-sm:hidden">
          <Icon name="plus" />
          {t('action.create')}
        </LinkButton>
        <a href={kubeconfigUrl(id)} download={kubeconfigFile(info.name)} className={buttonClass('plain', 'sm', 'max-xl:hidden')}>
          <Icon name="download" />
          kubeconfig
        </a>
        <span className="flex items-center gap-1 max-md:hidden">
          <LocaleSwitch />
          <ThemeSwitch />
        </span>
      </div>
    </header>
  );
}

/** This browser holds no cookie for the cluster, or the sandbox has expired. */
function NotYours() {
  const t = useT();
  return (
    <main className="grid min-h-dvh place-content-center">
      <h1 className="sr-only">Vivakube</h1>
      <Empty title={t('cluster.unavailable')}>
        <p>{t('cluster.unavailableWhy')}</p>
        <StartButton size="md" />
        <LinkButton look="quiet" href="/">
          {t('nav.home')}
        </LinkButton>
      </Empty>
    </main>
  );
}
