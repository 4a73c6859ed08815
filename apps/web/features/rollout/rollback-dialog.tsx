'use client';
import { useEffect, useMemo, useState } from 'react';
import { DiffView } from '#features/diff/diff-view.tsx';
import { useT } from '#i18n/provider.tsx';
import { contentTypes } from '#kube/client.ts';
import { statusOf } from '#kube/error.ts';
import { useClient } from '#kube/hooks.tsx';
import { toYaml } from '#kube/manifest.ts';
import { pathOf, wellKnown } from '#kube/resource.ts';
import type { KubeObject, KubeStatus } from '#kube/types.ts';
import { Button } from '#ui/button.tsx';
import { CommandLine } from '#ui/copy.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Notice, ServerError, Skeleton } from '#ui/feedback.tsx';
import { Icon } from '#ui/icon.tsx';
import { useToast } from '#ui/toast.tsx';
import { type Revision, restorePatch, rollbackPatch, templateOf } from './revisions.ts';

interface Props {
  deployment: KubeObject;
  target: Revision;
  current: Revision | undefined;
  onClose: () => void;
}

/** Shows what the server would make of the rollback before it is done, and offers the way back afterwards. */
export function RollbackDialog({ deployment, target, current, onClose }: Props) {
  const t = useT();
  const client = useClient();
  const toast = useToast();
  // The preview is of the object as it was when the dialog opened; later changes must not move it under the pointer.
  const [before] = useState(deployment);
  const [preview, setPreview] = useState<KubeObject>();
  const [error, setError] = useState<KubeStatus>();
  const [busy, setBusy] = useState(false);
  const { name, namespace } = before.metadata;
  const path = pathOf(wellKnown.deployments, namespace, name);
  const patch = useMemo(() => rollbackPatch(before, target), [before, target]);
  const paused = before.spec?.paused === true;
  useEffect(() => {
    if (paused) return;
    client.patch(path, contentTypes.jsonPatch, patch, { dryRun: true }).then(setPreview, (failure: unknown) => setError(statusOf(failure)));
  }, [client, path, patch, paused]);
  const undo = () => {
    client.patch(path, contentTypes.jsonPatch, restorePatch(before)).then(
      () => toast({ tone: 'ok', text: t('rollout.undone', { name }) }),
      (failure: unknown) => toast({ tone: 'bad', text: t('rollout.undoFailed'), detail: statusOf(failure).message }),
    );
  };
  const rollBack = async () => {
    setBusy(true);
    try {
      await client.patch(path, contentTypes.jsonPatch, patch);
      toast({ tone: 'ok', text: t('rollout.rolledBack', { name, revision: target.number }), action: { label: t('action.undo'), run: undo } });
      onClose();
    } catch (failure) {
      setError(statusOf(failure));
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={onClose} title={t('rollout.rollBackTitle', { name, revision: target.number })} wide>
      <div className="grid grid-cols-1 gap-4">
        {paused && (
          <Notice tone="warn" title={t('rollout.pausedFirst')}>
            <CommandLine command={`kubectl rollout resume deployment/${name} -n ${namespace}`} />
          </Notice>
        )}
        {error && <ServerError status={error} />}
        <div className="rounded-lg border border-line">
          {preview ? (
            <DiffView label={t('rollout.preview')} before={toYaml(templateOf(before))} after={toYaml(templateOf(preview))} />
          ) : (
            !error && !paused && <Skeleton rows={3} className="p-4" />
          )}
        </div>
        {preview && <p className="text-[13px] text-muted">{t('rollout.previewNote', { from: current?.number ?? '?', to: target.number })}</p>}
        <CommandLine command={`kubectl rollout undo deployment/${name} -n ${namespace} --to-revision=${target.number}`} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" disabled={!preview || busy} onClick={() => void rollBack()}>
            <Icon name="undo" />
            {t('rollout.rollBack')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
