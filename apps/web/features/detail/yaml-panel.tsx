'use client';
import { useMemo, useState } from 'react';
import { YamlView } from '#features/diff/yaml-view.tsx';
import { useT } from '#i18n/provider.tsx';
import { toYaml, withoutManagedFields } from '#kube/manifest.ts';
import { Button } from '#ui/button.tsx';
import { Icon } from '#ui/icon.tsx';
import { Panel } from '#ui/panel.tsx';
import { useToast } from '#ui/toast.tsx';
import type { TabProps } from './facets.ts';

export default function YamlPanel({ object }: TabProps) {
  const t = useT();
  const toast = useToast();
  const [all, setAll] = useState(false);
  const text = useMemo(() => toYaml(all ? object : withoutManagedFields(object)).trimEnd(), [object, all]);
  const copy = () => void navigator.clipboard.writeText(text).then(() => toast({ tone: 'ok', text: t('action.copied') }));
  return (
    <Panel
      flush
      title={t('tab.yaml')}
      actions={
        <span className="flex items-center gap-3">
          <label className="flex items-center gap-1.5 text-xs text-muted">
            <input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} className="size-4 accent-accent-strong" />
            managedFields
          </label>
          <Button size="sm" onClick={copy}>
            <Icon name="copy" />
            {t('action.copy')}
          </Button>
        </span>
      }
    >
      <YamlView text={text} label={t('detail.yamlOf', { name: object.metadata.name })} />
    </Panel>
  );
}
