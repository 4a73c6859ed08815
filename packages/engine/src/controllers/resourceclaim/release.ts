import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import { DELETE_PROTECTION, isDonePod } from '../../kinds/rules/devices/pod-claims.ts';
import { hasFinalizer, withoutFinalizer } from '../../kinds/rules/finalizers.ts';
import { controllerRef, type Reconcile } from '../../machinery/controller.ts';

interface Consumer {
  apiGroup?: string;
  resource: string;
  name: string;
  uid: string;
}

/** Drops users that are gone; whatever nobody uses is given back. Models syncClaim. */
export function releaseClaim(context: Reconcile, claim: KubeObject): undefined {
  const { api } = context;
  const consumers: Consumer[] = claim.status?.reservedFor ?? [];
  const left = consumers.filter((consumer) => isUser(context, claim, consumer));
  const isProtected = hasFinalizer(claim, DELETE_PROTECTION);
  let current = claim;
  if (left.length < consumers.length || (claim.metadata.deletionTimestamp && left.length === 0 && claim.status?.allocation)) {
    current = api.updateStatus(withUsers(claim, left, isProtected && left.length === 0));
  }
  const isDone = left.length === 0 && !current.status?.allocation && (left.length < consumers.length || current.metadata.deletionTimestamp);
  if (isProtected && isDone) current = api.update(withoutFinalizer(current, DELETE_PROTECTION));
  if (left.length === 0) deleteUnused(context, current);
  return undefined;
}

function withUsers(claim: KubeObject, users: readonly Consumer[], gives: boolean): KubeObject {
  const { reservedFor: _users, allocation, ...status } = claim.status ?? {};
  return {
    ...claim,
    status: { ...status, ...(allocation && !gives ? { allocation } : {}), ...(users.length > 0 ? { reservedFor: users } : {}) },
  };
}

/** Only pods are known to end. */
function isUser({ view }: Reconcile, { metadata }: KubeObject, { apiGroup, resource, name, uid }: Consumer): boolean {
  if (apiGroup || resource !== 'pods') return true;
  const pod = view.get(objectKey('core/pods', metadata.namespace as string, name));
  return pod !== undefined && pod.metadata.uid === uid && !isDonePod(pod);
}

/** A claim that was made for a pod goes once that pod has ended, even if the pod itself stays for a while. */
function deleteUnused({ view, api, key }: Reconcile, claim: KubeObject): void {
  const owner = controllerRef(claim);
  if (claim.metadata.deletionTimestamp || owner?.kind !== 'Pod' || owner.apiVersion !== 'v1') return;
  const pod = view.get(objectKey('core/pods', claim.metadata.namespace as string, owner.name));
  if (pod && (pod.metadata.uid !== owner.uid || isDonePod(pod))) api.delete(key);
}
