'use client';
import { type FormEvent, useState } from 'react';
import { useT } from '#i18n/provider.tsx';
import { contentTypes } from '#kube/client.ts';
import { statusOf } from '#kube/error.ts';
import { useClient } from '#kube/hooks.tsx';
import type { KubeStatus } from '#kube/types.ts';
import { Button, IconButton } from '#ui/button.tsx';
import { CommandLine } from '#ui/copy.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { ServerError } from '#ui/feedback.tsx';
import { Icon } from '#ui/icon.tsx';
import { useToast } from '#ui/toast.tsx';

export function ScaleDialog({
  path,
  target,
  name,
  replicas,
  onClose,
}: {
  path: string;
  target: string;
  name: string;
  replicas: number;
  onClose: () => void;
}) {
  const t = useT();
  const client = useClient();
  const toast = useToast();
  const [before] = useState(replicas);
  const [count, setCount] = useState(replicas);
  const [error, setError] = useState<KubeStatus>();
  const scale = (to: number) => client.patch(`${path}/scale`, contentTypes.mergePatch, { spec: { replicas: to } });
  const undo = () =>
    void scale(before).catch((failure: unknown) => toast({ tone: 'bad', text: t('action.failed'), detail: statusOf(failure).message }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    scale(count).then(
      () => {
        toast({ tone: 'ok', text: t('scale.done', { name, replicas: count }), action: { label: t('action.undo'), run: undo } });
        onClose();
      },
      (failure: unknown) => setError(statusOf(failure)),
    );
  };
  return (
    <Dialog open onClose={onClose} title={t('scale.title', { name })}>
      <form onSubmit={submit} className="grid grid-cols-1 gap-4">
        <div className="flex items-center gap-2">
          <IconButton label={t('scale.less')} onClick={() => setCount(Math.max(0, count - 1))} className="border border-line">
            <Icon name="minus" />
          </IconButton>
          <input
            data-autofocus
            aria-label={t('scale.replicas')}
            type="number"
            inputMode="numeric"
            min={0}
            value={count}
            onChange={(event) => setCount(Math.max(0, Math.trunc(Number(event.target.value)) || 0))}
            className="tnum h-9 w-24 rounded-md border border-line-strong/60 bg-panel px-3 text-center"
          />
          <IconButton label={t('scale.more')} onClick={() => setCount(count + 1)} className="border border-line">
            <Icon name="plus" />
          </IconButton>
          <span className="text-[13px] text-muted">{t('scale.now', { replicas: before })}</span>
        </div>
        <CommandLine command={`kubectl scale ${target} --replicas=${count}`} />
        {error && <ServerError status={error} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" type="submit">
            {t('action.scale')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
