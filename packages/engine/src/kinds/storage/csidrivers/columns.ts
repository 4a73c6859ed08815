import { ageColumn, boolean, nameColumn, text } from '../../cells/standard.ts';
import type { Part } from '../../shared/fields.ts';

// Models printCSIDriver in pkg/printers/internalversion/printers.go.
export const columns = [
  nameColumn,
  boolean(
    'AttachRequired',
    'Indicates this CSI volume driver requires an attach operation (because it implements the CSI ControllerPublishVolume() method), and that the Kubernetes attach detach controller should call the attach volume interface which checks the volumeattachment status and waits until the volume is attached before proceeding to mounting.',
    ({ spec }) => spec?.attachRequired ?? true,
  ),
  boolean(
    'PodInfoOnMount',
    'Indicates this CSI volume driver requires additional pod information (like podName, podUID, etc.) during mount operations.',
    ({ spec }) => spec?.podInfoOnMount ?? false,
  ),
  boolean(
    'StorageCapacity',
    'Indicates that the CSI volume driver wants pod scheduling to consider the storage capacity that the driver deployment will report by creating CSIStorageCapacity objects with capacity information.',
    ({ spec }) => spec?.storageCapacity ?? false,
  ),
  text(
    'TokenRequests',
    "Indicates the CSI driver needs pods' service account tokens it is mounting volume for to do necessary authentication.",
    ({ spec }) => (spec?.tokenRequests ?? []).map((request: Part) => request.audience ?? '').join(',') || '<unset>',
  ),
  boolean(
    'RequiresRepublish',
    'Indicates the CSI driver wants `NodePublishVolume` being periodically called to reflect any possible change in the mounted volume.',
    ({ spec }) => spec?.requiresRepublish ?? false,
  ),
  text(
    'Modes',
    'This field indicates what kind of volumes the CSI volume driver supports.',
    ({ spec }) => (spec?.volumeLifecycleModes ?? []).join(',') || '<none>',
  ),
  ageColumn,
];
