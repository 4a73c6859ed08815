import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { claimReference, SELECTED_NODE, storageClassOf } from '../../kinds/rules/volume-binding.ts';
import { ownValue } from '../../kinds/shared/fields.ts';

const ZONE = 'topology.kubernetes.io/zone';
const LOCAL_PATH = 'rancher.io/local-path';

/** In-tree names are served by their CSI drivers. Models k8s.io/csi-translation-lib. */
const MIGRATED = new Map([
  ['kubernetes.io/aws-ebs', 'ebs.csi.aws.com'],
  ['kubernetes.io/gce-pd', 'pd.csi.storage.gke.io'],
  ['kubernetes.io/azure-disk', 'disk.csi.azure.com'],
  ['kubernetes.io/azure-file', 'file.csi.azure.com'],
  ['kubernetes.io/cinder', 'cinder.csi.openstack.org'],
  ['kubernetes.io/vsphere-volume', 'csi.vsphere.vmware.com'],
  ['kubernetes.io/portworx-volume', 'pxd.portworx.com'],
]);

export const csiDriverOf = (provisioner: string): string => MIGRATED.get(provisioner) ?? provisioner;

/** Directories of the node that the pod goes to. */
export const isLocalPath = (provisioner: string): boolean => provisioner === LOCAL_PATH;

/** The volume that a provisioner makes for a claim. */
export function provisionedVolume(view: View, claim: KubeObject, storageClass: KubeObject): KubeObject {
  const { provisioner, mountOptions, reclaimPolicy = 'Delete', parameters } = storageClass;
  const driver = csiDriverOf(provisioner);
  const name = `pvc-${claim.metadata.uid}`;
  const node = ownValue(claim.metadata.annotations, SELECTED_NODE);
  const nodeAffinity = affinityOf(view, provisioner, node, storageClass);
  const onDirectory = isLocalPath(provisioner);
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: {
      name,
      annotations: {
        ...(onDirectory ? { 'local.path.provisioner/selected-node': node as string } : {}),
        'pv.kubernetes.io/provisioned-by': driver,
      },
      finalizers: ['kubernetes.io/pv-protection'],
    },
    spec: {
      accessModes: claim.spec.accessModes,
      capacity: { storage: claim.spec.resources.requests.storage },
      claimRef: claimReference(claim),
      ...sourceOf(claim, driver, `${name}_${claim.metadata.namespace}_${claim.metadata.name}`, parameters),
      ...(nodeAffinity ? { nodeAffinity } : {}),
      ...(mountOptions ? { mountOptions } : {}),
      persistentVolumeReclaimPolicy: reclaimPolicy,
      storageClassName: storageClassOf(claim),
      ...(claim.spec.volumeAttributesClassName ? { volumeAttributesClassName: claim.spec.volumeAttributesClassName } : {}),
      volumeMode: claim.spec.volumeMode,
    },
  };
}

/** CSI drivers have names without a slash; others are taken for provisioners of shared directories. */
function sourceOf(claim: KubeObject, driver: string, directory: string, parameters: Record<string, string> | undefined): object {
  if (isLocalPath(driver)) return { hostPath: { path: `/var/local-path-provisioner/${directory}`, type: 'DirectoryOrCreate' } };
  if (driver.includes('/')) return { nfs: { server: `nfs.${driver.slice(0, driver.indexOf('/'))}`, path: `/export/${directory}` } };
  const fsType = ownValue(parameters, 'csi.storage.k8s.io/fstype') ?? 'ext4';
  return { csi: { driver, volumeHandle: `pvc-${claim.metadata.uid}`, ...(claim.spec.volumeMode === 'Block' ? {} : { fsType }) } };
}

/** Directories stay on their node, disks in their zone. */
function affinityOf(view: View, provisioner: string, node: string | undefined, storageClass: KubeObject): object | undefined {
  if (isLocalPath(provisioner)) return inValues('kubernetes.io/hostname', [labelOf(view, node, 'kubernetes.io/hostname') ?? (node as string)]);
  const zone = labelOf(view, node, ZONE);
  if (zone !== undefined) return inValues(ZONE, [zone]);
  const allowed = storageClass.allowedTopologies?.[0]?.matchLabelExpressions ?? [];
  return allowed.length > 0 ? inValues(allowed[0].key, allowed[0].values) : undefined;
}

const labelOf = (view: View, node: string | undefined, key: string): string | undefined =>
  node === undefined ? undefined : ownValue(view.get(objectKey('core/nodes', '', node))?.metadata.labels, key);

const inValues = (key: string, values: string[]): object => ({
  required: { nodeSelectorTerms: [{ matchExpressions: [{ key, operator: 'In', values }] }] },
});
