import type { KubeObject } from '../../core/object.ts';
import { BOUND_BY_CONTROLLER, claimKey, hasAnnotation, sameVolumeMode, withoutAnnotations } from '../../kinds/rules/volume-binding.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { setPhase } from './bind.ts';
import { reclaim } from './reclaim.ts';
import { sayOnce } from './say.ts';

/** Models syncVolume in pkg/controller/volume/persistentvolume/pv_controller.go. */
export function syncVolume(context: Reconcile, volume: KubeObject): undefined {
  const { api, view } = context;
  const ref = volume.spec.claimRef;
  if (!ref?.uid) {
    setPhase(api, volume, 'Available');
    return undefined;
  }
  const found = view.get(claimKey(ref.namespace, ref.name));
  const claim = found?.metadata.uid === ref.uid ? found : undefined;
  if (!claim) return released(context, volume);
  if (!claim.spec.volumeName) {
    if (!sameVolumeMode(volume, claim)) {
      const problem = `Cannot bind PersistentVolume to requested PersistentVolumeClaim "${claim.metadata.name}" due to incompatible volumeMode.`;
      sayOnce(context, volume, 'Warning', 'VolumeMismatch', problem);
    }
    return undefined;
  }
  if (claim.spec.volumeName === volume.metadata.name) setPhase(api, volume, 'Bound');
  else misbound(context, volume);
  return undefined;
}

/** Its claim is gone. */
function released(context: Reconcile, volume: KubeObject): undefined {
  const phase = volume.status?.phase;
  if (phase === 'Failed') return undefined;
  if (phase !== 'Released') setPhase(context.api, volume, 'Released');
  reclaim(context, context.view.get(context.key) as KubeObject);
  return undefined;
}

/** Its claim chose another volume. Models unbindVolume. */
function misbound({ api }: Reconcile, volume: KubeObject): void {
  if (hasAnnotation(volume, 'pv.kubernetes.io/provisioned-by') && volume.spec.persistentVolumeReclaimPolicy === 'Delete') {
    api.delete(`core/persistentvolumes//${volume.metadata.name}`);
    return;
  }
  unbind(api, volume);
}

/** A volume that somebody reserved keeps its claim's name, one that we chose is anybody's again. */
export function unbind(api: Reconcile['api'], volume: KubeObject): void {
  const { claimRef, ...spec } = volume.spec;
  const byController = hasAnnotation(volume, BOUND_BY_CONTROLLER);
  const { uid: _uid, resourceVersion: _version, ...name } = claimRef ?? {};
  const free = byController ? withoutAnnotations({ ...volume, spec }, BOUND_BY_CONTROLLER) : { ...volume, spec: { ...spec, claimRef: name } };
  setPhase(api, api.update(free), 'Available');
}
