import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { resourceOf } from '../../machinery/kind.ts';
import type { ApiError } from '../../machinery/status.ts';
import { claimAll } from '../shared/claim.ts';
import { PODS, type Pod, STATEFUL_SETS, type StatefulSet } from '../shared/objects.ts';
import { controllerOf } from '../shared/owners.ts';
import { refusal } from '../shared/refusal.ts';
import { applyRetention, createClaims } from './claims.ts';
import { hasIdentity, hasStorage, isMember, parentAndOrdinal, withIdentity } from './identity.ts';

export const POD_RESOURCE = resourceOf(PODS);

/** A write failed and is worth another try. */
export class Retry extends Error {}

type Verb = 'create' | 'update' | 'delete';
const TITLE = { create: 'Create', update: 'Update', delete: 'Delete' } as const;

/** Models recordPodEvent in pkg/controller/statefulset/stateful_pod_control.go; a failure ends the round. */
function tell({ record }: Reconcile, set: StatefulSet, verb: Verb, pod: string, problem: string | undefined): void {
  const what = `${verb} Pod ${pod} in StatefulSet ${set.metadata.name}`;
  if (problem === undefined) {
    record(set as KubeObject, 'Normal', `Successful${TITLE[verb]}`, `${what} successful`);
    return;
  }
  record(set as KubeObject, 'Warning', `Failed${TITLE[verb]}`, `${what} failed error: ${problem}`);
  throw new Retry(problem);
}

export function createPod(context: Reconcile, set: StatefulSet, pod: KubeObject): void {
  const name = pod.metadata.name as string;
  const claimProblem = createClaims(context, set, name, parentAndOrdinal(name)?.ordinal ?? -1);
  if (claimProblem !== undefined) tell(context, set, 'create', name, claimProblem);
  const refused = refusal(() => context.api.create(POD_RESOURCE, pod));
  if (refused?.status.reason === 'AlreadyExists') throw new Retry(refused.message);
  tell(context, set, 'create', name, refused?.message);
}

export function deletePod(context: Reconcile, set: StatefulSet, pod: Pod): void {
  const { namespace, name } = pod.metadata;
  const refused: ApiError | undefined = refusal(() => context.api.delete(objectKey(POD_RESOURCE, namespace, name)));
  tell(context, set, 'delete', name, refused?.message);
}

/** Brings identity, storage and the fate of its claims in line. Models UpdateStatefulPod. */
export function conform(context: Reconcile, set: StatefulSet, pod: Pod): void {
  const { name } = pod.metadata;
  const retained = applyRetention(context, set, pod);
  if (hasIdentity(set, pod) && hasStorage(set, pod)) {
    if (retained) tell(context, set, 'update', name, undefined);
    return;
  }
  const refused = refusal(() => context.api.update(withIdentity(set, pod) as KubeObject));
  tell(context, set, 'update', name, refused?.message);
}

/** The pods of a set after adopting and releasing; a pod's name says whether it can be one. */
export function claimPods({ api, view }: Reconcile, set: StatefulSet): Pod[] {
  const named = view.indexed(POD_RESOURCE, 'owner', set.metadata.uid) as unknown as Pod[];
  const loose = view.indexed(POD_RESOURCE, 'orphan', set.metadata.namespace as string) as unknown as Pod[];
  const candidates = [...named.filter((pod) => controllerOf(pod)), ...loose].filter((pod) => isMember(set, pod));
  return claimAll(api, set, STATEFUL_SETS, set.spec.selector, candidates);
}
