'use client';
import { useMemo } from 'react';
import { useObjects } from '#kube/hooks.tsx';
import { wellKnown } from '#kube/resource.ts';
import { selectorText } from '#kube/selector.ts';
import type { KubeObject } from '#kube/types.ts';
import { progressOf } from './progress.ts';
import { revisionsOf } from './revisions.ts';

/** A Deployment's revisions and pods, followed live. */
export function useRollout(deployment: KubeObject) {
  const namespace = deployment.metadata.namespace;
  const labelSelector = selectorText(deployment.spec?.selector);
  const { state, objects: replicaSets } = useObjects({ resource: wellKnown.replicaSets, namespace, labelSelector });
  const { objects: pods } = useObjects({ resource: wellKnown.pods, namespace, labelSelector });
  return useMemo(() => {
    const revisions = revisionsOf(deployment, replicaSets);
    const podsOf = (uid: string | undefined) => pods.filter((pod) => pod.metadata.ownerReferences?.some((owner) => owner.uid === uid));
    const current = revisions.find((revision) => revision.current);
    return {
      loading: state.phase === 'loading',
      revisions,
      podsOf,
      pods,
      progress: progressOf(deployment, podsOf(current?.replicaSet.metadata.uid)),
    };
  }, [deployment, replicaSets, pods, state.phase]);
}
