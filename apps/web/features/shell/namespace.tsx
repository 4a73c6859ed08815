'use client';
import { useParams, usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { useT } from '#i18n/provider.tsx';
import { useCluster, useList } from '#kube/hooks.tsx';
import { wellKnown } from '#kube/resource.ts';
import { Picker } from '#ui/picker.tsx';
import { useQueryState } from '#ui/use-query-state.ts';
import { noNamespace, overviewHref } from './routes.ts';

/** The namespace of the page: from the query, or from the path of an object or a namespace overview. */
export function useNamespace(): string | undefined {
  const params = useParams<{ ns?: string }>();
  const query = useSearchParams();
  const inPath = params.ns && params.ns !== noNamespace ? decodeURIComponent(params.ns) : undefined;
  return inPath ?? query.get('ns') ?? undefined;
}

const everything = '*';

export function NamespaceSwitcher() {
  const t = useT();
  const router = useRouter();
  const pathname = usePathname();
  const params = useParams<{ kind?: string }>();
  const { id } = useCluster();
  const selected = useNamespace();
  const [, setNamespace] = useQueryState('ns');
  const { rows } = useList({ resource: wellKnown.namespaces, as: 'table' });
  const choices = useMemo(() => {
    const names = [...rows.values()].map((row) => row.metadata.name).sort();
    return [{ value: everything, label: t('ns.all') }, ...names.map((name) => ({ value: name, label: name }))];
  }, [rows, t]);
  const pick = (value: string) => {
    const namespace = value === everything ? undefined : value;
    if (params.kind) router.push(`/c/${id}/r/${params.kind}${namespace ? `?ns=${encodeURIComponent(namespace)}` : ''}`);
    else if (pathname.endsWith('/edit')) setNamespace(namespace ?? '');
    else router.push(overviewHref(id, namespace));
  };
  return (
    <Picker label={t('ns.switch')} choices={choices} selected={selected ?? everything} onPick={pick}>
      <span className="text-muted">{t('ns.short')} </span>
      {selected ?? t('ns.all')}
    </Picker>
  );
}
