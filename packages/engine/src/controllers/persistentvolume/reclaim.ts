import type { KubeObject } from '../../core/object.ts';
import { BOUND_BY_CONTROLLER, hasAnnotation, withoutAnnotations } from '../../kinds/rules/volume-binding.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { setPhase } from './bind.ts';

const PROVISIONED_BY = 'pv.kubernetes.io/provisioned-by';

/** What becomes of a volume whose claim is gone. Models reclaimVolume. */
export function reclaim(context: Reconcile, volume: KubeObject): void {
  const policy = volume.spec.persistentVolumeReclaimPolicy;
  if (policy === 'Delete') remove(context, volume);
  else if (policy === 'Recycle') recycle(context, volume);
}

/** The provisioner that made it removes it; others only what their plugin can. Models deleteVolumeOperation. */
function remove({ api, record }: Reconcile, volume: KubeObject): void {
  const { name } = volume.metadata;
  const problem = hasAnnotation(volume, PROVISIONED_BY) ? undefined : whyNotDeleted(volume);
  if (problem === undefined) {
    if (!volume.spec.csi || hasAnnotation(volume, PROVISIONED_BY)) api.delete(`core/persistentvolumes//${name}`);
    return;
  }
  setPhase(api, volume, 'Failed', problem);
  record(volume, 'Warning', 'VolumeFailedDelete', problem);
}

function whyNotDeleted({ metadata, spec }: KubeObject): string | undefined {
  if (spec.csi) return undefined;
  if (!spec.hostPath) return `error getting deleter volume plugin for volume "${metadata.name}": no deletable volume plugin matched`;
  return /^\/tmp\/.+/.test(spec.hostPath.path) ? undefined : `host_path deleter only supports /tmp/.+ but received provided ${spec.hostPath.path}`;
}

/** Models recycleVolumeOperation: scrubbed, and anybody's again. */
function recycle({ api, record }: Reconcile, volume: KubeObject): void {
  if (!volume.spec.hostPath && !volume.spec.nfs) {
    setPhase(api, volume, 'Failed', 'No recycler plugin found for the volume!');
    record(volume, 'Warning', 'VolumeFailedRecycle', 'No recycler plugin found for the volume!');
    return;
  }
  record(volume, 'Normal', 'VolumeRecycled', 'Volume recycled');
  const { claimRef: _ref, ...spec } = volume.spec;
  setPhase(api, api.update(withoutAnnotations({ ...volume, spec }, BOUND_BY_CONTROLLER)), 'Available');
}
