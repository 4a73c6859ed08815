'use client';
import { useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import { noNamespace } from '#features/shell/routes.ts';
import { statusOf } from '#kube/error.ts';
import { useCluster } from '#kube/hooks.tsx';
import { manifestOf, toYaml } from '#kube/manifest.ts';
import { findResource } from '#kube/resource.ts';
import type { KubeStatus } from '#kube/types.ts';
import { draftKey, readDraft } from './drafts.ts';
import { templateFor } from './templates.ts';

export interface Source {
  key: string;
  text: string;
  /** What the text would be without the draft; differs when a draft was restored. */
  original: string;
}

/** Where the text comes from: a live object (`from=deployments.apps/shop/web`), a kind (`kind=apps/v1/Deployment`), or the last draft. */
export function useSource(): { source: Source | undefined; error: KubeStatus | undefined } {
  const { id, store, resources } = useCluster();
  const query = useSearchParams();
  const from = query.get('from');
  const kind = query.get('kind');
  const key = draftKey(id, from ?? kind ?? 'new');
  const [source, setSource] = useState<Source>();
  const [error, setError] = useState<KubeStatus>();
  useEffect(() => {
    let stale = false;
    const settle = (original: string) => !stale && setSource({ key, original, text: readDraft(key) ?? original });
    setSource((old) => (old?.key === key ? old : undefined));
    setError(undefined);
    if (!from) {
      settle(templateFor(kind ?? 'apps/v1/Deployment'));
      return;
    }
    if (!resources) return;
    const [resourceName = '', namespace = '', name = ''] = from.split('/');
    const resource = findResource(resources, resourceName);
    if (!resource) return setError({ kind: 'Status', code: 404, message: `the server doesn't have a resource type "${resourceName}"` });
    store.client.object(resource, namespace === noNamespace ? undefined : namespace, name).then(
      (object) => settle(toYaml(manifestOf(object))),
      (failure: unknown) => !stale && setError(statusOf(failure)),
    );
    return () => {
      stale = true;
    };
  }, [key, from, kind, resources, store]);
  return { source: source?.key === key ? source : undefined, error };
}
