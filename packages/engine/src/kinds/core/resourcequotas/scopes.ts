// Models the quota scopes of pkg/apis/core/helper/helpers.go.
const COMPUTE = ['cpu', 'memory', 'ephemeral-storage'];
const POD_QUOTA = ['pods', ...['', 'requests.', 'limits.'].flatMap((prefix) => COMPUTE.map((name) => prefix + name))];

const STANDARD_QUOTA = [
  ...POD_QUOTA,
  'requests.storage',
  'services',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
];

export const isStandardQuotaResource = (name: string): boolean =>
  STANDARD_QUOTA.includes(name) || name.startsWith('hugepages-') || name.startsWith('requests.hugepages-');

export const POD_SCOPES = ['Terminating', 'NotTerminating', 'NotBestEffort', 'BestEffort', 'CrossNamespacePodAffinity'];
const VOLUME_ATTRIBUTES = 'VolumeAttributesClass';
export const SCOPES = [...POD_SCOPES, 'PriorityClass', VOLUME_ATTRIBUTES];

/** Scopes that cannot hold together. */
export const CONFLICTS = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
];

/** Most scopes select pods, and so suit what pods use. */
export function isScopeValidFor(scope: string, resource: string): boolean {
  if (scope === 'BestEffort') return resource === 'pods';
  if (scope === VOLUME_ATTRIBUTES) return resource === 'persistentvolumeclaims' || resource === 'requests.storage';
  return POD_QUOTA.includes(resource) || resource.startsWith('requests.hugepages-') || resource.startsWith('hugepages-');
}
