'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { listHref } from '#features/shell/routes.ts';
import { useT } from '#i18n/provider.tsx';
import { contentTypes } from '#kube/client.ts';
import { statusOf } from '#kube/error.ts';
import { useCluster } from '#kube/hooks.tsx';
import { pathOf } from '#kube/resource.ts';
import type { KubeObject, Resource } from '#kube/types.ts';
import { Button } from '#ui/button.tsx';
import { ConfirmDialog } from '#ui/confirm-dialog.tsx';
import { Icon } from '#ui/icon.tsx';
import { useToast } from '#ui/toast.tsx';
import { ScaleDialog } from './scale-dialog.tsx';

type Open = 'scale' | 'restart' | 'delete' | undefined;

/** What can be done to an object; offered by what the API says the resource can do, not by its name. */
export function Actions({ resource, object }: { resource: Resource; object: KubeObject }) {
  const t = useT();
  const router = useRouter();
  const toast = useToast();
  const { id, store } = useCluster();
  const [open, setOpen] = useState<Open>();
  const { name, namespace } = object.metadata;
  const path = pathOf(resource, namespace, name);
  const target = `${resource.plural}${resource.group ? `.${resource.group}` : ''}/${name}${namespace ? ` -n ${namespace}` : ''}`;
  const scalable = resource.subresources.includes('scale') && typeof object.spec?.replicas === 'number';
  // A pod template with a rollout of its own is what `kubectl rollout restart` accepts.
  const restartable = object.spec?.template !== undefined && object.spec?.updateStrategy !== undefined;
  const pausable = object.spec?.template !== undefined && object.spec?.strategy !== undefined;
  const paused = object.spec?.paused === true;
  const close = () => setOpen(undefined);

  const setPaused = (value: boolean) => {
    store.client.patch(path, contentTypes.mergePatch, { spec: { paused: value ? true : null } }).then(
      () =>
        toast({
          tone: 'ok',
          text: t(value ? 'pause.done' : 'resume.done', { name }),
          action: { label: t('action.undo'), run: () => setPaused(!value) },
        }),
      (error: unknown) => toast({ tone: 'bad', text: t('action.failed'), detail: statusOf(error).message }),
    );
  };
  const restart = async () => {
    const annotations = { 'kubectl.kubernetes.io/restartedAt': new Date().toISOString() };
    await store.client.patch(path, contentTypes.mergePatch, { spec: { template: { metadata: { annotations } } } });
    toast({ tone: 'ok', text: t('restart.done', { name }) });
    close();
  };
  const remove = async () => {
    await store.client.remove(path);
    toast({ tone: 'ok', text: t('delete.done', { name }) });
    router.push(listHref(id, resource, namespace));
  };
  return (
    <>
      {scalable && (
        <Button size="sm" onClick={() => setOpen('scale')}>
          <Icon name="scale" />
          {t('action.scale')}
        </Button>
      )}
      {(restartable || pausable) && (
        <Button size="sm" onClick={() => setOpen('restart')}>
          <Icon name="restart" />
          {t('action.restart')}
        </Button>
      )}
      {pausable && (
        <Button size="sm" onClick={() => setPaused(!paused)}>
          <Icon name={paused ? 'play' : 'pause'} />
          {paused ? t('action.resume') : t('action.pause')}
        </Button>
      )}
      {resource.verbs.includes('delete') && (
        <Button size="sm" onClick={() => setOpen('delete')} className="text-bad">
          <Icon name="trash" />
          {t('action.delete')}
        </Button>
      )}
      {open === 'scale' && <ScaleDialog path={path} target={target} name={name} replicas={object.spec?.replicas as number} onClose={close} />}
      {open === 'restart' && (
        <ConfirmDialog
          title={t('restart.title', { name })}
          text={t('restart.text')}
          command={`kubectl rollout restart ${target}`}
          confirm={t('action.restart')}
          run={restart}
          onClose={close}
        />
      )}
      {open === 'delete' && (
        <ConfirmDialog
          danger
          title={t('delete.title', { kind: resource.kind, name })}
          text={t('delete.text')}
          command={`kubectl delete ${target}`}
          confirm={t('action.delete')}
          run={remove}
          onClose={close}
        />
      )}
    </>
  );
}
