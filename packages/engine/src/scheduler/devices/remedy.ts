import { objectKey } from '../../core/key.ts';
import { claimNameFor, deviceClaimKey } from '../../kinds/rules/devices/pod-claims.ts';
import type { Cycle, Rejection, Remedy } from '../framework.ts';
import type { NodeInfo } from '../node-info.ts';
import { NONE_LEFT, OUT_OF_REACH } from './rejections.ts';
import { classOf, requestsOf, wishesOf } from './requests.ts';

/** What would have to be there for the devices that a pod claims. */
export function deviceRemedy(cycle: Cycle, node: NodeInfo, rejection: Rejection): Remedy | undefined {
  if (rejection === NONE_LEFT) return { text: `give node ${node.name} more of the devices that the pod claims, or free some`, cost: 3 };
  if (rejection === OUT_OF_REACH) return { text: "delete the pods that use the pod's ResourceClaim elsewhere", cost: 2 };
  const missing = missingOf(cycle);
  return missing.length > 0 ? { text: `create ${missing.join(' and ')}`, cost: missing.length } : undefined;
}

/** Claims, templates and classes that are named and not there. */
function missingOf({ view, pod: { pod, namespace } }: Cycle): string[] {
  const missing = new Set<string>();
  for (const claim of pod.spec.resourceClaims ?? []) {
    const template = claim.resourceClaimTemplateName;
    const name = claimNameFor(pod, claim);
    const object = name === undefined ? undefined : view.get(deviceClaimKey(namespace, name));
    if (template !== undefined && !object) {
      if (!view.get(objectKey('resource.k8s.io/resourceclaimtemplates', namespace, template))) missing.add(`ResourceClaimTemplate ${template}`);
    } else if (!object) missing.add(`ResourceClaim ${name}`);
    for (const { className } of object ? requestsOf(object as never).flatMap(wishesOf) : [])
      if (!classOf(view, className)) missing.add(`DeviceClass ${className}`);
  }
  return [...missing];
}
