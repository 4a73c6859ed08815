'use client';
import type { ReactNode } from 'react';
import { useT } from '#i18n/provider.tsx';
import { Age } from '#ui/age.tsx';
import { Button } from '#ui/button.tsx';
import { cx } from '#ui/cx.ts';
import { Icon } from '#ui/icon.tsx';
import type { Progress } from './progress.ts';
import type { Revision } from './revisions.ts';
import { RolloutBadge } from './state-badge.tsx';

interface Props {
  revision: Revision;
  progress: Progress | undefined;
  comparing: boolean;
  onCompare?: () => void;
  onRollBack?: () => void;
  children: ReactNode;
}

/** One revision on the timeline: what it runs, since when, how many of its pods are left. */
export function RevisionRow({ revision, progress, comparing, onCompare, onRollBack, children }: Props) {
  const t = useT();
  return (
    <li className="relative flex flex-wrap items-center gap-x-4 gap-y-1.5 border-b border-line/70 py-3 pr-4 pl-11 last:border-0">
      <span aria-hidden="true" className="absolute top-0 bottom-0 left-[1.32rem] border-l-2 border-line" />
      <span
        aria-hidden="true"
        className={cx(
          'absolute top-4 left-4 size-3.5 rounded-full border-2',
          revision.current ? 'border-accent bg-accent' : 'border-line-strong bg-panel',
        )}
      />
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <span className="font-semibold">{t('rollout.revision', { revision: revision.number })}</span>
          {revision.current && progress && <RolloutBadge state={progress.state} />}
          {comparing && <span className="text-xs text-muted">{t('rollout.compared')}</span>}
          <span className="text-[13px] text-muted">
            <Age since={revision.createdAt} prefix />
          </span>
        </p>
        <p className="font-mono text-[12.5px] break-all">{revision.images.join(', ')}</p>
        {revision.changeCause && <p className="text-[13px] text-muted">{revision.changeCause}</p>}
      </div>
      <div className="flex items-center gap-3">
        {children}
        <span className="tnum min-w-14 text-right text-[13px] text-muted">
          {t('rollout.readyOf', { ready: revision.ready, replicas: revision.replicas })}
        </span>
      </div>
      {(onCompare || onRollBack) && (
        <div className="flex flex-wrap gap-2">
          {onCompare && (
            <Button size="sm" onClick={onCompare} aria-label={t('rollout.compareWith', { revision: revision.number })}>
              <Icon name="diff" />
              {t('rollout.diff')}
            </Button>
          )}
          {onRollBack && (
            <Button size="sm" onClick={onRollBack} aria-label={t('rollout.rollBackTo', { revision: revision.number })}>
              <Icon name="undo" />
              {t('rollout.rollBack')}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}
