import type { ClusterEvent } from '../../core/event.ts';
import { type ObjectKey, objectKey, splitKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { claimsDevices, DEVICE_CLAIM_RESOURCE, deviceClaimKey, deviceClaimNamesOf, isDonePod } from '../../kinds/rules/devices/pod-claims.ts';
import { defineController, mapped } from '../../machinery/controller.ts';
import { CONTROLLER_MANAGER, PODS } from '../shared/objects.ts';
import { makeClaims } from './make.ts';
import { releaseClaim } from './release.ts';
import { reserveClaims } from './reserve.ts';

const podKey = ({ metadata }: KubeObject): ObjectKey => objectKey('core/pods', metadata.namespace as string, metadata.name as string);

/** Its claims have to be looked at once it needs them no longer, and the pod itself until then. */
function keysOfPod({ type, stored, key }: ClusterEvent): string[] {
  const pod = stored.object;
  if (!claimsDevices(pod)) return [];
  const own = type === 'DELETED' || pod.metadata.deletionTimestamp ? [] : [key];
  if (type !== 'DELETED' && !isDonePod(pod)) return own;
  return [...deviceClaimNamesOf(pod).map((name) => deviceClaimKey(pod.metadata.namespace as string, name)), ...own];
}

function keysOfClaim({ type, key }: ClusterEvent, view: View): string[] {
  const { namespace, name } = splitKey(key);
  const users = view.indexed('core/pods', 'deviceclaim', `${namespace}/${name}`).map(podKey);
  return type === 'DELETED' ? users : [key, ...users];
}

/** Makes the claims of pods from their templates, and takes devices back from claims that nobody uses. Models pkg/controller/resourceclaim. */
export const resourceClaimController = defineController({
  name: 'resourceclaim',
  component: 'resource_claim',
  manager: CONTROLLER_MANAGER,
  watches: [mapped(PODS, keysOfPod), { resource: DEVICE_CLAIM_RESOURCE, keys: keysOfClaim }],
  reconcile: (context) => {
    const object = context.view.get(context.key);
    if (!object) return undefined;
    if (splitKey(context.key).resource === DEVICE_CLAIM_RESOURCE) return releaseClaim(context, object);
    if (object.metadata.deletionTimestamp || isDonePod(object)) return undefined;
    const due = makeClaims(context, object);
    if (due === undefined && object.spec.nodeName) reserveClaims(context, object);
    return due;
  },
});
