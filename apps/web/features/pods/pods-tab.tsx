'use client';
import type { TabProps } from '#features/detail/facets.ts';
import { useT } from '#i18n/provider.tsx';
import { selectorText } from '#kube/selector.ts';
import { Empty } from '#ui/feedback.tsx';
import { PodList } from './pod-list.tsx';

/** The pods a workload or a Service selects. */
export default function PodsTab({ object }: TabProps) {
  const t = useT();
  const labelSelector = selectorText(object.spec?.selector);
  if (labelSelector === '') return <Empty title={t('pods.noSelector')} />;
  return <PodList which={{ namespace: object.metadata.namespace, labelSelector }} />;
}
