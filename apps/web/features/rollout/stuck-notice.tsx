'use client';
import { useT } from '#i18n/provider.tsx';
import { Age } from '#ui/age.tsx';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/feedback.tsx';
import { Icon } from '#ui/icon.tsx';
import type { Progress } from './progress.ts';

export function StuckNotice({ progress, onRollBack, to }: { progress: Progress; onRollBack?: () => void; to?: number }) {
  const t = useT();
  if (progress.state !== 'stuck') return null;
  return (
    <Notice
      live
      tone="bad"
      title={
        <>
          {t('rollout.stuck')}: {progress.reason}
        </>
      }
      actions={
        onRollBack && (
          <Button size="sm" onClick={onRollBack}>
            <Icon name="undo" />
            {t('rollout.rollBackTo', { revision: to ?? '' })}
          </Button>
        )
      }
    >
      {progress.message && <p className="font-mono text-[12.5px]">{progress.message}</p>}
      {progress.since && (
        <p className="text-muted">
          <Age since={progress.since} prefix />
        </p>
      )}
    </Notice>
  );
}
