/** Which groups clients should prefer. Models APIVersionPriorities in pkg/controlplane/apiserver/aggregator.go. */
const GROUP_PRIORITIES: Readonly<Record<string, number>> = {
  '': 18_000,
  apps: 17_800,
  'events.k8s.io': 17_750,
  'authentication.k8s.io': 17_700,
  'authorization.k8s.io': 17_600,
  autoscaling: 17_500,
  batch: 17_400,
  'certificates.k8s.io': 17_300,
  'networking.k8s.io': 17_200,
  policy: 17_100,
  'rbac.authorization.k8s.io': 17_000,
  'storage.k8s.io': 16_800,
  'apiextensions.k8s.io': 16_700,
  'admissionregistration.k8s.io': 16_700,
  'scheduling.k8s.io': 16_600,
  'coordination.k8s.io': 16_500,
  'node.k8s.io': 16_300,
  'discovery.k8s.io': 16_200,
  'flowcontrol.apiserver.k8s.io': 16_100,
  'resource.k8s.io': 15_900,
};
const VERSION_PRIORITIES: Readonly<Record<string, number>> = { '/v1': 1, 'autoscaling/v2': 30, 'flowcontrol.apiserver.k8s.io/v1': 21 };
const [STABLE, CUSTOM_GROUP, CUSTOM_VERSION] = [15, 1000, 100];

export function prioritiesOf(group: string, version: string): { groupPriorityMinimum: number; versionPriority: number } {
  const known = Object.hasOwn(GROUP_PRIORITIES, group) ? GROUP_PRIORITIES[group] : undefined;
  if (known === undefined) return { groupPriorityMinimum: CUSTOM_GROUP, versionPriority: CUSTOM_VERSION };
  return { groupPriorityMinimum: known, versionPriority: VERSION_PRIORITIES[`${group}/${version}`] ?? STABLE };
}
