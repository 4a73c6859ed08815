import { equalJson } from '../../core/json.ts';
import type { KubeObject } from '../../core/object.ts';
import { BIND_COMPLETED, BOUND_BY_CONTROLLER, claimReference, withAnnotations } from '../../kinds/rules/volume-binding.ts';
import type { Api, Reconcile } from '../../machinery/controller.ts';

/** Four writes, as upstream makes them: the volume, its phase, the claim, its phase. Models bind in pv_controller.go. */
export function bind({ api }: Reconcile, volume: KubeObject, claim: KubeObject): void {
  const reserved = reserve(api, volume, claim);
  setPhase(api, reserved, 'Bound');
  const attached = attach(api, reserved, claim);
  report(api, reserved, attached);
}

/** Models bindVolumeToClaim. */
function reserve(api: Api, volume: KubeObject, claim: KubeObject): KubeObject {
  const ref = volume.spec.claimRef;
  if (ref?.uid === claim.metadata.uid) return volume;
  const wanted = { ...volume, spec: { ...volume.spec, claimRef: claimReference(claim) } };
  return api.update(ref ? wanted : withAnnotations(wanted, { [BOUND_BY_CONTROLLER]: 'yes' }));
}

/** Models updateVolumePhase. */
export function setPhase(api: Api, volume: KubeObject, phase: string, message?: string): void {
  if (volume.status?.phase === phase && volume.status?.message === message) return;
  const { message: _message, reason: _reason, ...status } = volume.status ?? {};
  api.updateStatus({ ...volume, status: { ...status, phase, ...(message ? { message } : {}) } });
}

/** Models bindClaimToVolume. */
function attach(api: Api, volume: KubeObject, claim: KubeObject): KubeObject {
  const named = claim.spec.volumeName === volume.metadata.name;
  const marks: Record<string, string> = { [BIND_COMPLETED]: 'yes' };
  if (!named) marks[BOUND_BY_CONTROLLER] = 'yes';
  const wanted = named ? claim : { ...claim, spec: { ...claim.spec, volumeName: volume.metadata.name } };
  return api.update(withAnnotations(wanted, marks));
}

/** Models updateClaimStatus: what the claim got. */
function report(api: Api, volume: KubeObject, claim: KubeObject): void {
  const { status = {} } = claim;
  const first = status.phase !== 'Bound';
  const accessModes = volume.spec.accessModes;
  const capacity = first || !status.capacity?.storage ? { ...status.capacity, storage: volume.spec.capacity?.storage } : status.capacity;
  const attributes = first ? volume.spec.volumeAttributesClassName : status.currentVolumeAttributesClassName;
  const wanted = {
    ...status,
    phase: 'Bound',
    accessModes,
    capacity,
    ...(attributes ? { currentVolumeAttributesClassName: attributes } : {}),
  };
  if (!equalJson(wanted, status)) api.updateStatus({ ...claim, status: wanted });
}
