'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useMemo, useState } from 'react';
import { useT } from '#i18n/provider.tsx';
import { useCluster } from '#kube/hooks.tsx';
import { IconButton } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { type Choice, Finder } from '#ui/finder.tsx';
import { Icon } from '#ui/icon.tsx';
import { pluralKind } from './groups.ts';
import { useNamespace } from './namespace.tsx';
import { listHref, overviewHref } from './routes.ts';

/** Ctrl+K or Cmd+K: go to any page or any kind of the cluster. */
export function Palette() {
  const t = useT();
  const router = useRouter();
  const { id, resources } = useCluster();
  const namespace = useNamespace();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      setOpen(true);
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
  const choices = useMemo<Choice[]>(
    () => [
      { value: overviewHref(id, namespace), label: t('nav.overview'), icon: 'home' },
      { value: `/c/${id}/nodes`, label: t('nav.nodes'), icon: 'server' },
      { value: `/c/${id}/edit`, label: t('nav.editor'), icon: 'edit', words: 'yaml apply create' },
      ...(resources ?? []).map((resource) => ({
        value: listHref(id, resource, namespace),
        label: pluralKind(resource),
        hint: resource.group || 'core',
        words: [resource.plural, resource.singular, ...resource.shortNames].join(' '),
      })),
    ],
    [id, namespace, resources, t],
  );
  return (
    <>
      <IconButton label={t('palette.open')} onClick={() => setOpen(true)}>
        <Icon name="search" />
      </IconButton>
      <Dialog open={open} onClose={() => setOpen(false)} title={t('palette.title')}>
        <div className="-m-4">
          <Finder
            label={t('palette.hint')}
            choices={choices}
            onPick={(href) => {
              setOpen(false);
              router.push(href);
            }}
          />
        </div>
      </Dialog>
    </>
  );
}
