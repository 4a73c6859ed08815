import type { ComponentType } from 'react';
import { lazy } from 'react';
import type { MessageKey } from '#i18n/messages.ts';
import { resourceId } from '#kube/resource.ts';
import type { KubeObject, Resource } from '#kube/types.ts';

export interface TabProps {
  resource: Resource;
  object: KubeObject;
}

export interface Tab {
  id: string;
  label: MessageKey;
  content: ComponentType<TabProps>;
}

/** What one kind shows beyond what every object has. A kind without an entry is shown by the general parts alone. */
interface Facet {
  /** Above the general overview. */
  summary?: ComponentType<TabProps>;
  tabs?: Tab[];
}

const podsTab: Tab = { id: 'pods', label: 'tab.pods', content: lazy(() => import('#features/pods/pods-tab.tsx')) };

const facets: Record<string, Facet> = {
  'deployments.apps': {
    summary: lazy(() => import('#features/rollout/deployment-summary.tsx')),
    tabs: [{ id: 'rollout', label: 'tab.rollout', content: lazy(() => import('#features/rollout/rollout-tab.tsx')) }, podsTab],
  },
  'statefulsets.apps': { tabs: [podsTab] },
  'daemonsets.apps': { tabs: [podsTab] },
  'replicasets.apps': { tabs: [podsTab] },
  'jobs.batch': { tabs: [podsTab] },
  services: { tabs: [podsTab] },
  pods: {
    summary: lazy(() => import('#features/pods/pod-summary.tsx')),
    tabs: [{ id: 'logs', label: 'tab.logs', content: lazy(() => import('#features/pods/logs-tab.tsx')) }],
  },
  nodes: { tabs: [{ id: 'pods', label: 'tab.pods', content: lazy(() => import('#features/nodes/node-pods-tab.tsx')) }] },
  configmaps: { summary: lazy(() => import('./data-panel.tsx')) },
  secrets: { summary: lazy(() => import('./data-panel.tsx')) },
};

const none: Facet = {};

export function facetOf(resource: Resource): Facet {
  return Object.hasOwn(facets, resourceId(resource)) ? (facets[resourceId(resource)] ?? none) : none;
}
