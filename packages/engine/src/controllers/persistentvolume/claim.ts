import type { Instant } from '../../core/instant.ts';
import type { KubeObject } from '../../core/object.ts';
import {
  BIND_COMPLETED,
  BOUND_BY_CONTROLLER,
  CLASS_RESOURCE,
  findMatchingVolume,
  hasAnnotation,
  isBoundTo,
  isDelayed,
  mismatch,
  SELECTED_NODE,
  storageClassOf,
  volumeKey,
} from '../../kinds/rules/volume-binding.ts';
import { defaultClassAmong, namesNoClass } from '../../machinery/admission/default-storage-class.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { bind } from './bind.ts';
import { forgetProvisioning, provision } from './provision.ts';
import { forgetSaid, sayOnce } from './say.ts';

/** Models syncClaim in pkg/controller/volume/persistentvolume/pv_controller.go. */
export function syncClaim(context: Reconcile, claim: KubeObject): Instant | undefined {
  if (claim.metadata.deletionTimestamp && !claim.spec.volumeName) return undefined;
  return hasAnnotation(claim, BIND_COMPLETED) ? syncBound(context, claim) : syncUnbound(context, claim);
}

function syncUnbound(context: Reconcile, claim: KubeObject): Instant | undefined {
  const { view } = context;
  const { volumeName } = claim.spec;
  if (volumeName) return syncNamed(context, claim, volumeName);
  const delayed = isDelayed(view, claim);
  const volume = findMatchingVolume(view, claim, { delayed });
  if (volume) return bound(context, volume, claim);
  if (delayed && !hasAnnotation(claim, SELECTED_NODE)) {
    sayOnce(context, claim, 'Normal', 'WaitForFirstConsumer', 'waiting for first consumer to be created before binding');
    return pending(context, claim);
  }
  if (storageClassOf(claim) !== '') return provision(context, claim);
  const classified = withDefaultClass(context, claim);
  if (classified) return syncUnbound(context, classified);
  sayOnce(context, claim, 'Normal', 'FailedBinding', 'no persistent volumes available for this claim and no storage class is set');
  return pending(context, claim);
}

/** A default class that came after the claim is its class, too. Models assignDefaultStorageClass. */
function withDefaultClass({ api, view }: Reconcile, claim: KubeObject): KubeObject | undefined {
  if (!namesNoClass(claim)) return undefined;
  const found = defaultClassAmong(view.list(CLASS_RESOURCE));
  return found && api.update({ ...claim, spec: { ...claim.spec, storageClassName: found.metadata.name } });
}

/** The claim asks for a volume by its name. */
function syncNamed(context: Reconcile, claim: KubeObject, volumeName: string): undefined {
  const volume = context.view.get(volumeKey(volumeName));
  if (!volume) return pending(context, claim);
  if (!volume.spec.claimRef) {
    const problem = mismatch(volume, claim);
    if (problem === undefined) return bound(context, volume, claim);
    sayOnce(context, claim, 'Warning', 'VolumeMismatch', `Cannot bind to requested volume "${volumeName}": ${problem}`);
    return pending(context, claim);
  }
  if (isBoundTo(volume, claim)) return bound(context, volume, claim);
  if (!hasAnnotation(claim, BOUND_BY_CONTROLLER)) {
    sayOnce(context, claim, 'Warning', 'FailedBinding', `volume "${volumeName}" already bound to a different claim.`);
  }
  return pending(context, claim);
}

function syncBound(context: Reconcile, claim: KubeObject): undefined {
  const { volumeName } = claim.spec;
  if (!volumeName) return lost(context, claim, 'ClaimLost', 'Bound claim has lost reference to PersistentVolume. Data on the volume is lost!');
  const volume = context.view.get(volumeKey(volumeName));
  if (!volume) return lost(context, claim, 'ClaimLost', 'Bound claim has lost its PersistentVolume. Data on the volume is lost!');
  const ref = volume.spec.claimRef;
  if (!ref || ref.uid === claim.metadata.uid) return bound(context, volume, claim);
  return lost(context, claim, 'ClaimMisbound', 'Two claims are bound to the same volume, this one is bound incorrectly');
}

function bound(context: Reconcile, volume: KubeObject, claim: KubeObject): undefined {
  bind(context, volume, claim);
  forgetProvisioning(context);
  forgetSaid(context);
  return undefined;
}

function lost(context: Reconcile, claim: KubeObject, reason: string, message: string): undefined {
  if (claim.status?.phase === 'Lost') return undefined;
  const { accessModes: _modes, capacity: _capacity, ...status } = claim.status ?? {};
  context.api.updateStatus({ ...claim, status: { ...status, phase: 'Lost' } });
  context.record(claim, 'Warning', reason, message);
  return undefined;
}

function pending({ api }: Reconcile, claim: KubeObject): undefined {
  if (claim.status?.phase !== 'Pending') api.updateStatus({ ...claim, status: { ...claim.status, phase: 'Pending' } });
  return undefined;
}
