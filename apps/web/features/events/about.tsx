'use client';
import Link from 'next/link';
import { objectHref } from '#features/shell/routes.ts';
import { useCluster } from '#kube/hooks.tsx';
import { resourceOfKind } from '#kube/resource.ts';
import type { KubeObject } from '#kube/types.ts';

export interface InvolvedObject {
  apiVersion?: string;
  kind?: string;
  name?: string;
  namespace?: string;
}

/** What an event is about, as a link where that kind can be shown. */
export function About({ event }: { event: KubeObject }) {
  const { id, resources } = useCluster();
  const about = event.involvedObject as InvolvedObject | undefined;
  if (!about?.kind || !about.name) return null;
  const resource = resourceOfKind(resources ?? [], about.apiVersion ?? 'v1', about.kind);
  const text = `${about.kind} ${about.name}`;
  if (!resource) return <span className="font-medium">{text} </span>;
  return (
    <>
      <Link
        href={objectHref(id, resource, resource.namespaced ? about.namespace : undefined, about.name)}
        prefetch={false}
        className="rounded-sm font-medium break-all hover:underline"
      >
        {text}
      </Link>{' '}
    </>
  );
}
