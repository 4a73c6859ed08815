'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { startSandbox } from '#features/platform/api.ts';
import { useT } from '#i18n/provider.tsx';
import { statusOf } from '#kube/error.ts';
import type { KubeStatus } from '#kube/types.ts';
import { Button } from '#ui/button.tsx';
import { ServerError } from '#ui/feedback.tsx';
import { Icon } from '#ui/icon.tsx';

export function StartButton({ size = 'lg' }: { size?: 'md' | 'lg' }) {
  const t = useT();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<KubeStatus>();
  const start = async () => {
    setBusy(true);
    setError(undefined);
    try {
      router.push(`/c/${(await startSandbox()).id}`);
    } catch (failure) {
      setError(statusOf(failure));
      setBusy(false);
    }
  };
  return (
    <div className="grid justify-items-start gap-3">
      <Button look="primary" size={size} disabled={busy} aria-busy={busy} onClick={() => void start()}>
        {busy ? <span aria-hidden="true" className="vk-spin size-4 rounded-full border-2 border-white border-t-transparent" /> : <Icon name="play" />}
        {busy ? t('landing.starting') : t('landing.start')}
      </Button>
      {error && <ServerError status={error} onRetry={() => void start()} />}
    </div>
  );
}
