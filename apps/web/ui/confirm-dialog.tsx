'use client';
import { useState } from 'react';
import { useT } from '#i18n/provider.tsx';
import { statusOf } from '#kube/error.ts';
import type { KubeStatus } from '#kube/types.ts';
import { Button } from './button.tsx';
import { CommandLine } from './copy.tsx';
import { Dialog } from './dialog.tsx';
import { ServerError } from './feedback.tsx';

interface Props {
  title: string;
  text: string;
  command?: string;
  confirm: string;
  danger?: boolean;
  run: () => Promise<void>;
  onClose: () => void;
}

export function ConfirmDialog({ title, text, command, confirm, danger, run, onClose }: Props) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<KubeStatus>();
  const go = () => {
    setBusy(true);
    run().catch((failure: unknown) => {
      setError(statusOf(failure));
      setBusy(false);
    });
  };
  return (
    <Dialog open onClose={onClose} title={title}>
      <div className="grid grid-cols-1 gap-4">
        <p>{text}</p>
        {command && <CommandLine command={command} />}
        {error && <ServerError status={error} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look={danger ? 'danger' : 'primary'} disabled={busy} onClick={go}>
            {confirm}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
