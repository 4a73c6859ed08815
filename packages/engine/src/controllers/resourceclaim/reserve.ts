import type { KubeObject } from '../../core/object.ts';
import { deviceClaimsOf, isDonePod, isReservedFor, reservedFor } from '../../kinds/rules/devices/pod-claims.ts';
import type { Reconcile } from '../../machinery/controller.ts';

/** A pod that came to its node without the scheduler shares what its claims have been given. Models reserveForPod. */
export function reserveClaims({ view, api, key }: Reconcile, { metadata }: KubeObject): void {
  const pod = view.get(key);
  const claims = pod && pod.metadata.uid === metadata.uid && !isDonePod(pod) ? deviceClaimsOf(view, pod) : [];
  if (!pod || typeof claims === 'string') return;
  for (const claim of claims) if (claim.status?.allocation && !isReservedFor(pod, claim)) api.updateStatus(reservedFor(claim, pod));
}
