'use client';
import { useT } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/feedback.tsx';

/** One page fails; the frame around it goes on. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useT();
  return (
    <Notice
      live
      tone="bad"
      title={t('error.panel')}
      actions={
        <Button size="sm" onClick={reset}>
          {t('action.retry')}
        </Button>
      }
    >
      <p>{t('error.panelWhy', { id: error.digest ?? error.name })}</p>
      <p className="font-mono break-words">{error.message}</p>
    </Notice>
  );
}
