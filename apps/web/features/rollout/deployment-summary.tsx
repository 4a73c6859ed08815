'use client';
import { useState } from 'react';
import type { TabProps } from '#features/detail/facets.ts';
import { PodDots } from '#features/pods/pod-dots.tsx';
import { objectHref } from '#features/shell/routes.ts';
import { useT } from '#i18n/provider.tsx';
import { useCluster } from '#kube/hooks.tsx';
import { wellKnown } from '#kube/resource.ts';
import { LinkButton } from '#ui/button.tsx';
import { Meter } from '#ui/meter.tsx';
import { Panel } from '#ui/panel.tsx';
import type { Revision } from './revisions.ts';
import { RollbackDialog } from './rollback-dialog.tsx';
import { RolloutBadge } from './state-badge.tsx';
import { StuckNotice } from './stuck-notice.tsx';
import { useRollout } from './use-rollout.ts';

export default function DeploymentSummary({ resource, object }: TabProps) {
  const t = useT();
  const { id } = useCluster();
  const { revisions, pods, progress } = useRollout(object);
  const [target, setTarget] = useState<Revision>();
  const current = revisions.find((revision) => revision.current);
  const previous = revisions.find((revision) => !revision.current && revision.number < (current?.number ?? 0));
  return (
    <>
      <StuckNotice progress={progress} onRollBack={previous && (() => setTarget(previous))} to={previous?.number} />
      <Panel
        title={t('rollout.title')}
        actions={
          <LinkButton
            size="sm"
            look="quiet"
            href={objectHref(id, resource, object.metadata.namespace, object.metadata.name, 'rollout')}
            scroll={false}
          >
            {t('rollout.openTimeline')}
          </LinkButton>
        }
      >
        <div className="grid items-center gap-4 sm:grid-cols-[auto_1fr_auto]">
          <div className="grid gap-1">
            <span>
              <RolloutBadge state={progress.state} />
            </span>
            {current && <span className="text-[13px] text-muted">{t('rollout.revision', { revision: current.number })}</span>}
          </div>
          <Meter
            label={t('rollout.available')}
            value={progress.desired === 0 ? 1 : progress.available}
            max={Math.max(1, progress.desired)}
            text={`${progress.available}/${progress.desired}`}
            good
          />
          <PodDots label={t('tab.pods')} pods={pods} hrefOf={(pod) => objectHref(id, wellKnown.pods, pod.metadata.namespace, pod.metadata.name)} />
        </div>
        <p className="mt-3 font-mono text-[12.5px] break-all">{current?.images.join(', ')}</p>
      </Panel>
      {target && <RollbackDialog deployment={object} target={target} current={current} onClose={() => setTarget(undefined)} />}
    </>
  );
}
