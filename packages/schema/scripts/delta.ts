import { type Model, type RawField, scalar, withInner } from './model.ts';

/** Facts newer than the official document that the overlay reads; each is a published marker of k8s.io/api. */
const MERGE_BY_NAME = { listType: 'map', listMapKeys: ['name'], patchStrategy: 'merge', patchMergeKey: 'name' };
const MERGE_BY_TYPE = { listType: 'map', listMapKeys: ['type'], patchStrategy: 'merge', patchMergeKey: 'type' };
const SET = { listType: 'set' };

const MERGE_FACTS: Record<string, Partial<RawField>> = {
  'core.v1.ContainerStatus.allocatedResourcesStatus': MERGE_BY_NAME,
  'core.v1.ContainerStatus.volumeMounts': { listType: 'map', listMapKeys: ['mountPath'], patchStrategy: 'merge', patchMergeKey: 'mountPath' },
  'core.v1.ContainerRestartRuleOnExitCodes.values': SET,
  'core.v1.ResourceStatus.resources': { listType: 'map', listMapKeys: ['resourceID'] },
  'core.v1.NodeAllocatableResourceClaimStatus.containers': SET,
  'networking.v1.ServiceCIDRStatus.conditions': MERGE_BY_TYPE,
  'admissionregistration.v1.ValidatingAdmissionPolicySpec.matchConditions': MERGE_BY_NAME,
  'admissionregistration.v1.ValidatingAdmissionPolicySpec.variables': MERGE_BY_NAME,
  'admissionregistration.v1.MutatingAdmissionPolicySpec.matchConditions': MERGE_BY_NAME,
  'admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec.validationActions': SET,
  'admissionregistration.v1.ValidatingAdmissionPolicyStatus.conditions': { listType: 'map', listMapKeys: ['type'] },
  'resource.v1.ResourceClaimStatus.devices': { listType: 'map', listMapKeys: ['driver', 'device', 'pool', 'shareID'] },
  'resource.v1.ResourceClaimStatus.reservedFor': { listType: 'map', listMapKeys: ['uid'], patchStrategy: 'merge', patchMergeKey: 'uid' },
  'resource.v1.AllocatedDeviceStatus.conditions': { listType: 'map', listMapKeys: ['type'] },
};

const ATOMIC_STRUCTS = [
  'core.v1.FileKeySelector',
  'networking.v1.ServiceBackendPort',
  'admissionregistration.v1.MatchResources',
  'admissionregistration.v1.NamedRuleWithOperations',
  'admissionregistration.v1.ParamKind',
  'admissionregistration.v1.ParamRef',
  'admissionregistration.v1.Variable',
];

/** The defaults that schemas carry (the rest is Go code, and lives with each kind). */
const DEFAULTS: Record<string, unknown> = {
  'core.v1.ContainerPort.protocol': 'TCP',
  'core.v1.ServicePort.protocol': 'TCP',
  'core.v1.ReplicationControllerSpec.replicas': 1,
  'core.v1.ISCSIVolumeSource.iscsiInterface': 'default',
  'core.v1.ISCSIPersistentVolumeSource.iscsiInterface': 'default',
  'core.v1.RBDVolumeSource.pool': 'rbd',
  'core.v1.RBDVolumeSource.user': 'admin',
  'core.v1.RBDVolumeSource.keyring': '/etc/ceph/keyring',
  'core.v1.RBDPersistentVolumeSource.pool': 'rbd',
  'core.v1.RBDPersistentVolumeSource.user': 'admin',
  'core.v1.RBDPersistentVolumeSource.keyring': '/etc/ceph/keyring',
  'core.v1.AzureDiskVolumeSource.cachingMode': 'ReadWrite',
  'core.v1.AzureDiskVolumeSource.fsType': 'ext4',
  'core.v1.AzureDiskVolumeSource.kind': 'Shared',
  'core.v1.ScaleIOVolumeSource.storageMode': 'ThinProvisioned',
  'core.v1.ScaleIOVolumeSource.fsType': 'xfs',
  'core.v1.ScaleIOPersistentVolumeSource.storageMode': 'ThinProvisioned',
  'core.v1.ScaleIOPersistentVolumeSource.fsType': 'xfs',
  'resource.v1.DeviceToleration.operator': 'Equal',
};

/** Fields of groups that the protobuf table does not cover. */
const INT64_FIELDS = [
  'apiextensions.v1.CustomResourceDefinitionCondition.observedGeneration',
  'apiextensions.v1.CustomResourceDefinitionStatus.observedGeneration',
  'resource.v1.DeviceAttribute.int',
  'resource.v1.DeviceAttribute.ints',
  'resource.v1.DeviceSubRequest.count',
  'resource.v1.DeviceToleration.tolerationSeconds',
  'resource.v1.ExactDeviceRequest.count',
  'resource.v1.ResourcePool.generation',
  'resource.v1.ResourcePool.resourceSliceCount',
];

export function applyDelta(model: Model): void {
  for (const [path, facts] of Object.entries(MERGE_FACTS)) Object.assign(fieldAt(model, path), facts);
  for (const [path, value] of Object.entries(DEFAULTS)) fieldAt(model, path).default = value;
  for (const path of INT64_FIELDS) {
    const field = fieldAt(model, path);
    field.type = withInner(field.type, scalar('l'));
  }
  for (const name of ATOMIC_STRUCTS) {
    const definition = model.get(name);
    if (definition === undefined) throw new Error(`${name} is gone`);
    definition.mapType = 'atomic';
  }
}

export function fieldAt(model: Model, path: string): RawField {
  const dot = path.lastIndexOf('.');
  const field = model.get(path.slice(0, dot))?.fields.get(path.slice(dot + 1));
  if (field === undefined) throw new Error(`${path} is gone`);
  return field;
}
