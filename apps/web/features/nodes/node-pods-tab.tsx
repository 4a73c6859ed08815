'use client';
import type { TabProps } from '#features/detail/facets.ts';
import { PodList } from '#features/pods/pod-list.tsx';

export default function NodePodsTab({ object }: TabProps) {
  return <PodList which={{ fieldSelector: `spec.nodeName=${object.metadata.name}` }} />;
}
