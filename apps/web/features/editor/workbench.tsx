'use client';
import { useT } from '#i18n/provider.tsx';
import { ServerError, Skeleton } from '#ui/feedback.tsx';
import { PageHead } from '#ui/panel.tsx';
import { Session } from './session.tsx';
import { useSource } from './use-source.ts';

export default function Workbench() {
  const t = useT();
  const { source, error } = useSource();
  if (source) return <Session key={source.key} source={source} />;
  return (
    <>
      <PageHead title={t('editor.title')} />
      {error ? <ServerError status={error} /> : <Skeleton rows={12} />}
    </>
  );
}
