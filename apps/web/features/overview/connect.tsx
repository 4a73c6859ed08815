'use client';
import { kubeconfigFile, kubeconfigUrl } from '#features/platform/api.ts';
import { useT } from '#i18n/provider.tsx';
import { buttonClass } from '#ui/button.tsx';
import { CommandLine } from '#ui/copy.tsx';
import { Icon } from '#ui/icon.tsx';
import { Panel } from '#ui/panel.tsx';

/** How to reach the cluster from a terminal. */
export function Connect({ id, name }: { id: string; name: string }) {
  const t = useT();
  return (
    <Panel
      title={t('connect.title')}
      actions={
        <a href={kubeconfigUrl(id)} download={kubeconfigFile(name)} className={buttonClass('quiet', 'sm')}>
          <Icon name="download" />
          {t('connect.download')}
        </a>
      }
    >
      <div className="grid gap-2">
        <p className="text-[13px] text-muted">{t('connect.text')}</p>
        <CommandLine command={`export KUBECONFIG=~/Downloads/${kubeconfigFile(name)}`} />
        <CommandLine command="kubectl get pods -A" />
      </div>
    </Panel>
  );
}
